import { describe, expect, test } from '@jest/globals';
import type { Warning } from '../../results/document/run-document.ts';
import { checks as gateChecks } from '../../results/gates/gate.ts';
import { golden } from '../../test/golden/documents.ts';
import { checkKinds, checksInWords, checksOf } from './checks.ts';
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

describe('the checks of a run', () => {
  test('pass where no gate raised a warning', () => {
    const states = checksOf({ ...golden('full'), disturbances: [] }).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['good']));
  });

  test('do not call a machine quiet on which windows had to be measured again', () => {
    const titles = checksOf(golden('full')).map(({ title }) => title);
    expect(titles).toContain(
      'The machine was not always quiet; disturbed windows were measured again',
    );
    expect(titles).not.toContain('The machine was quiet');
  });

  test('have a title that agrees with a note, which says nothing about a result', () => {
    const checks = withWarnings(warning('steadiness-unknown', 'note'));
    expect(checks.find(({ state, title }) => state === 'note' && /steady/.test(title))?.title).toBe(
      'Some windows were too short to show a steady state',
    );
  });

  test('fail with the most severe warning, under a title that says so, and list its trials', () => {
    const checks = withWarnings(warning('late-sends', 'void'));
    const late = checks.find(({ title }) => title === 'Requests were sent late');
    expect(late).toMatchObject({ state: 'void', finding: null });
    expect(late?.warnings[0]?.places).toHaveLength(2);
  });

  test('say what the kernel counted where no request waited for it', () => {
    const document = golden('full');
    const [trial] = document.trials;
    Object.assign(trial?.measurements[0]?.kernel ?? {}, { listenOverflows: 169 });
    const check = checksOf(document).find(
      ({ title }) => title === 'No request waited for a dropped connection',
    );
    expect(check?.finding).toMatch(/up to 169 accept-queue overflows in a trial, but no request/);
  });

  test('include warnings of an unknown kind', () => {
    expect(withWarnings(warning('moon-phase', 'warn')).at(-1)).toMatchObject({
      title: 'Another warning',
      state: 'warn',
    });
  });

  test('say what could not be checked, and claim nothing about it', () => {
    const unknown = checksOf(golden('single')).filter(({ state }) => state === 'unknown');
    expect(unknown.map(({ title }) => title)).toEqual([
      'Not checked: the machine was quiet',
      'Not checked: the same server was measured twice',
    ]);
  });

  test('are summed up in a sentence', () => {
    const checks = checksOf(golden('full'));
    expect(checksInWords(checks)).toBe('No check raised a warning; 1 note.');
    const passed = checks.filter(({ state }) => state === 'good');
    expect(checksInWords(passed)).toBe('All checks passed.');
    expect(checksInWords(checksOf(golden('single')))).toMatch(/^All checks passed \(2 could not/);
    expect(checksInWords(withWarnings(warning('late-sends', 'void')))).toBe(
      '1 check raised a warning. Void results are left out of every comparison.',
    );
  });

  test('claim no expected body where a user’s own path has none', () => {
    const document = golden('single');
    const [workload] = document.plan.workloads;
    if (!workload) throw new Error('the run has no workload');
    const titled = (own: boolean) => {
      const workloads = own ? [{ ...workload, name: '/api' }] : [workload];
      const plan = { ...document.plan, workloads };
      return checksOf({ ...document, plan }).find(
        ({ title }) => title === 'The servers did the work',
      );
    };
    expect(titled(true)?.finding).toMatch(/bodies were not checked/);
    expect(titled(false)?.finding).toMatch(/the expected body/);
  });

  test('are none where nothing was measured', () => {
    expect(checksOf(golden('empty'))).toEqual([]);
  });
});

test('every check of a gate is shown in the report', () => {
  const titles = checkKinds.map(({ passed }) => passed);
  expect(titles).toEqual(
    expect.arrayContaining(Object.values(gateChecks).map(({ passed }) => passed)),
  );
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
