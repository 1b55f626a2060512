import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../servers/package-root.ts';
import { newFolder } from './bench.ts';

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().default('') })),
  runs: z.object({
    steps: z.array(
      z.object({
        name: z.string(),
        id: z.string().optional(),
        if: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
        run: z.string(),
      }),
    ),
  }),
});

const server = (text: string) => `require('node:http')
  .createServer((request, response) => response.end('${text}'))
  .listen(process.env.PORT);`;

/** Stands for GitHub: notes its arguments, and knows of one comment if there is a file with its number. */
const gh = `#!/bin/bash
printf '%s\\n' "$*" >> "$RUNNER_TEMP/gh.log"
if [[ $* == *--paginate* && -e $RUNNER_TEMP/comment-id ]]; then cat "$RUNNER_TEMP/comment-id"; fi
`;

const git = (folder: string, ...words: string[]) =>
  execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim();

/** What a runner has after actions/checkout of a pull request: its last commit alone, and the way to the base. */
async function checkedOut() {
  const temp = await newFolder();
  const origin = join(temp, 'origin');
  git(temp, 'init', '--quiet', '--initial-branch=main', origin);
  const commit = async (name: string) => {
    await writeFile(join(origin, 'server.cjs'), server(name));
    git(origin, 'add', '.');
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    git(origin, ...identity, 'commit', '--quiet', '--message', name);
  };
  await commit('base');
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'switch', '--quiet', '--create', 'change');
  await commit('head');
  const workspace = join(temp, 'workspace');
  git(temp, 'clone', '--quiet', '--depth=1', '--branch=change', `file://${origin}`, workspace);
  await mkdir(join(temp, 'bin'));
  await writeFile(join(temp, 'bin/gh'), gh);
  await chmod(join(temp, 'bin/gh'), 0o755);
  return { temp, workspace, base };
}

/** Runs the steps of action.yml as a runner does, up to the first that fails; `always` steps run after it, too. */
async function runAction(
  { temp, workspace, base }: Awaited<ReturnType<typeof checkedOut>>,
  given: Readonly<Record<string, string>>,
) {
  const action = actionSchema.parse(parse(await readFile(join(packageRoot, 'action.yml'), 'utf8')));
  const values: Record<string, string> = {
    'github.event.pull_request.base.sha': base,
    'github.event.pull_request.number': '7',
    'github.repository': 'me/shop',
    'github.token': 'token-of-the-job',
  };
  for (const [name, input] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = given[name] ?? input.default;
  }
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '');
  const summary = join(temp, 'summary.md');
  let failed: string | undefined;
  for (const { name, id, if: condition, env, run } of action.runs.steps) {
    // The one condition: not cancelled, and there is something to comment.
    const isDue = condition
      ? values['inputs.comment'] === 'true' && values['steps.measurement.outputs.comment']
      : failed === undefined;
    if (!isDue) continue;
    const output = join(temp, 'output');
    await writeFile(output, '');
    const settings = Object.entries(env).map(([key, value]) => [key, filled(value)] as const);
    const { status, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
      {
        cwd: workspace,
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${join(temp, 'bin')}:${dirname(process.execPath)}:${process.env['PATH']}`,
          GITHUB_ACTION_PATH: packageRoot,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          RUNNER_TEMP: temp,
          ...Object.fromEntries(settings),
        },
      },
    );
    for (const line of (await readFile(output, 'utf8')).trim().split('\n')) {
      const [key = '', value = ''] = line.split('=');
      values[`steps.${id}.outputs.${key}`] = value;
    }
    if (status !== 0) failed ??= `${name}: status ${status}, ${stderr}`;
  }
  const log = (path: string) => readFile(join(temp, path), 'utf8').catch(() => '');
  return { failed, summary: await log('summary.md'), calls: await log('gh.log') };
}

const start = 'node server.cjs';
const options = '--quick --duration 200ms --connections 4 --blocks';

test('the action measures base and head, sums up, and comments', async () => {
  const job = await checkedOut();
  const { failed, summary, calls } = await runAction(job, {
    start,
    setup: 'ls server.cjs',
    options: `${options} 1`,
  });
  expect(failed).toBeUndefined();
  expect(summary).toMatch(/base[\s\S]*head|head[\s\S]*base/);
  const [, comment = ''] = /pr comment 7 --body-file (.*)/.exec(calls) ?? [];
  const body = await readFile(comment, 'utf8');
  expect(body).toMatch(/^<!-- concurrency-bench \/ -->\n/);
  expect(body).toContain(summary.trim().split('\n')[0]);
});

test('a failed assertion fails the job, and a later push updates the comment', async () => {
  const job = await checkedOut();
  await writeFile(join(job.temp, 'comment-id'), '42\n');
  // On a busy machine, a few blocks say little: they exclude only what is far off.
  const assert = 'head/base throughput > 1000000\n';
  const { failed, summary, calls } = await runAction(job, {
    start,
    assert,
    options: `${options} 5`,
  });
  expect(failed).toMatch(/^Measure both in turns: status 3,/);
  expect(summary).toContain('head/base throughput > 1000000');
  expect(calls).toContain('--method PATCH repos/me/shop/issues/comments/42 --field body=@');
});

test('outside a pull request, the action says what it is for', async () => {
  const { failed } = await runAction({ ...(await checkedOut()), base: '' }, { start });
  expect(failed).toMatch(/^Check out and set up the base beside the head: status 1/);
});
