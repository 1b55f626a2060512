import { expect, test } from '@jest/globals';
import { planInWords } from '../commands/plan-in-words.ts';
import { readEnvironment } from '../probes/environment.ts';
import { readVariables } from '../secrets.ts';
import { plannedDocument } from './planned-document.ts';
import { planRun, runFlagsSchema } from './run-options.ts';

test('a planned document and the plan in words have no value of a variable', async () => {
  readVariables('${PLAN_KEY}', { PLAN_KEY: 's3cr3t-of-the-plan' });
  const exec = ['node s.js --key s3cr3t-of-the-plan -w {workers}'];
  const plan = planRun(runFlagsSchema.parse({ exec, path: ['/'], workers: '3' }));
  const document = plannedDocument(plan, await readEnvironment(), [], new Date());
  expect(document.plan.servers[0]).toMatchObject({
    summary: 'node s.js --key ${PLAN_KEY} -w {workers}',
    workers: 3,
  });
  expect(document.plan.workloads[0]?.servers).toEqual([document.plan.servers[0]?.name]);
  expect(document.plan.servers[0]?.name).toBe('node s.js --key ${PLAN_KEY} -w 3');
  const words = planInWords(plan, document);
  expect(words).toContain(': node s.js --key ${PLAN_KEY} -w 3\n');
  expect(words + JSON.stringify(document)).not.toContain('s3cr3t');
});
