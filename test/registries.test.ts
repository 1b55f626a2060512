import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { seriesStyles } from '../reports/drawing/theme.ts';
import { sentence, serverInWords, workloadInWords } from '../reports/findings/words.ts';
import { drawModel } from '../reports/html/figures/model-drawing.ts';
import { formats } from '../reports/index.ts';
import { lessonModels, lessonWorkloads } from '../results/lesson/claims.ts';
import { servers } from '../servers/index.ts';
import { packageRoot } from '../servers/package-root.ts';
import { workloads } from '../workloads/index.ts';
import { bench } from './bench.ts';
import { sampleServer } from './sample-document.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const purposes = readFileSync(join(packageRoot, 'docs/workloads.md'), 'utf8');
const models = servers.filter(({ kind }) => kind === 'model').map(({ name }) => name);

test.each(models)('the model %s has a colour, a drawing and a row in the README', (name) => {
  expect(seriesStyles([sampleServer(name)])(name).color).toBe(name);
  expect(drawModel(name)).not.toBeNull();
  expect(readme).toContain(`\n| \`${name}\` |`);
});

test.each(servers)('$name has a name for sentences', ({ name }) => {
  expect(sentence(serverInWords(name), [name])).toMatch(/^[A-Z]/);
});

test.each(workloads)(
  '$name has a name for sentences, a row in the README and a purpose',
  ({ name }) => {
    expect(workloadInWords(name)).not.toBe(name);
    expect(readme).toContain(`\n| \`${name}\` |`);
    expect(purposes).toMatch(new RegExp(`^\\| [^|]*\`${name}\``, 'm'));
  },
);

test('every model and workload of the lesson exists', () => {
  const names = workloads.map(({ name }) => name);
  for (const workload of lessonWorkloads) expect(names).toContain(workload);
  for (const model of lessonModels) expect(models).toContain(model);
});

test('the help of bench report and the README list every format', async () => {
  const { stdout } = await bench(['report', '--help']);
  const listed = readme.match(/^\| `bench report .*$/m)?.[0] ?? '';
  for (const { name } of formats) {
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(`--format <name> [^(]*\\b${name}\\b`),
    );
    expect(listed).toContain(`\`${name}\``);
  }
});
