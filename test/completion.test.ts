import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { bench } from './bench.ts';

/** What a shell offers for the last word. */
async function completionsOf(...words: string[]): Promise<string[]> {
  const { code, stdout } = await bench(['complete', '--', ...words]);
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
  return lines.map((line) => line.split('\t')[0] ?? '');
}

test('commands, options, models, workloads and formats complete', async () => {
  expect(await completionsOf('comp')).toEqual(['compare', 'completion']);
  expect(await completionsOf('run', '--qui')).toEqual(['--quick', '--quiet']);
  expect(await completionsOf('run', '--model', 'p')).toEqual(['prefork', 'pool']);
  expect(await completionsOf('serve', '--model', 'uwsgi-f')).toEqual(['uwsgi-flask']);
  expect(await completionsOf('run', '--workload', 'cp')).toEqual(['cpu']);
  expect(await completionsOf('report', '--format', 'm')).toEqual(['markdown']);
  expect(await completionsOf('compare', '--format', '')).toEqual(['text', 'markdown']);
});

test('bash completes without the package bash-completion, and offers files where nothing else fits', async () => {
  const cli = resolve(import.meta.dirname, '../dist/runner/bin.js');
  const line = (...words: string[]) =>
    `COMP_WORDS=(bench ${words.join(' ')}) COMP_CWORD=${words.length}; __bench_complete; echo "\${COMPREPLY[*]}"`;
  const { stdout } = await promisify(execFile)('bash', [
    '--norc',
    '-c',
    `bench() { '${process.execPath}' '${cli}' "$@"; }; source <(bench completion bash); complete -p bench; ${line('run', '--mo')}; ${line('run', '--model', 'po')}; bench complete -- report ru`,
  ]);
  expect(stdout.split('\n')).toEqual([
    'complete -o default -F __bench_complete bench',
    '--model',
    'pool',
    ':0',
    '',
  ]);
});

test.each(['bash', 'zsh', 'fish'])('there is a script for %s', async (shell) => {
  const { code, stdout } = await bench(['completion', shell]);
  expect(code).toBe(0);
  expect(stdout).toContain('bench complete -- ');
});

test('another shell is an error of usage', async () => {
  const { code, stderr } = await bench(['completion', 'csh']);
  expect(stderr).toMatch(
    /^bench: unknown shell "csh"; did you mean zsh\? Known: bash, zsh, fish\.\n/,
  );
  expect(code).toBe(2);
});
