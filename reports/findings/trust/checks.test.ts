import { describe, expect, test } from '@jest/globals';
import type { Warning } from '../../../results/document/run-document.ts';
import { golden } from '../../../test/golden/documents.ts';
import { checksOf } from './checks.ts';
import { repeatCommand } from './repeat-command.ts';

const warning = (code: string, severity: Warning['severity']): Warning => ({
  code,
  severity,
  message: `a message about ${code}`,
  advice: '',
});

function withWarnings(...warnings: Warning[]) {
  const document = golden('full');
  for (const trial of document.trials.slice(0, 2))
    trial.measurements[0]?.warnings.push(...warnings);
  return checksOf(document);
}

describe('the reasons to trust a run', () => {
  test('are good where no gate had a doubt', () => {
    const states = checksOf(golden('full')).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['good']));
  });

  test('take the state of the gravest doubt, and tell where each was', () => {
    const checks = withWarnings(warning('late-sends', 'void'));
    const late = checks.find(({ title }) => title === 'Requests were sent on schedule');
    expect(late).toMatchObject({ state: 'void', finding: null });
    expect(late?.doubts[0]?.places).toHaveLength(2);
  });

  test('hold doubts of a kind that this report does not know', () => {
    expect(withWarnings(warning('moon-phase', 'warn')).at(-1)).toMatchObject({
      title: 'moon-phase',
      state: 'warn',
    });
  });

  test('say what could not be checked', () => {
    const unknown = checksOf(golden('single')).filter(({ state }) => state === 'unknown');
    expect(unknown.map(({ title }) => title)).toEqual([
      'The machine was quiet',
      'The same server measured twice gave the same result',
    ]);
  });

  test('are none where nothing was measured', () => {
    expect(checksOf(golden('empty'))).toEqual([]);
  });
});

test('the command to repeat a run has its seed, and survives a shell', () => {
  const document = golden('full');
  expect(repeatCommand(document)).toBe('npx bench run --seed 42');
  const command = ['bench', 'run', '--seed=7', '--server-command', "node it's.js; rm -rf /"];
  expect(repeatCommand({ ...document, command })).toBe(
    `npx bench run --seed=7 --server-command 'node it'\\''s.js; rm -rf /'`,
  );
});

test.each([['--out', 'runs/first'], ['--out=runs/first'], ['--json'], ['--open']])(
  'the command to repeat a run leaves out where its result went: %s %s',
  (...words) => {
    const command = ['bench', 'run', ...words, '--quick', '--seed', '7'];
    expect(repeatCommand({ ...golden('full'), command })).toBe('npx bench run --quick --seed 7');
  },
);
