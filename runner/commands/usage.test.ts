import { expect, test } from '@jest/globals';
import { advise } from './advise.ts';
import { run } from './run.ts';

test('advice is about a module or a command, not both', async () => {
  const both = advise({ app: 'app.js', exec: ['node server.js -w {workers}'] });
  await expect(both).rejects.toThrow('--app and --exec exclude each other');
});

test('a plan is not printed as JSON', async () => {
  const both = run({ dryRun: true, json: true, config: false });
  await expect(both).rejects.toThrow('--dry-run and --json exclude each other');
});
