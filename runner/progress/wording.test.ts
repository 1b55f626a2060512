import { expect, test } from '@jest/globals';
import type { Trial } from '../../results/document/run-document.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { linesFor } from './wording.ts';

const hostile = 'mine\u001b[2J\u0007\r\nforged';
const controlCharacter = /\p{Cc}/u;

const linesOf = (...trials: Trial[]) =>
  linesFor({ type: 'group-finished', trials, document: sampleDocument({}, trials) });
const firstLine = (document = sampleDocument({}, []), budgetSeconds: number | null = null) =>
  linesFor({ type: 'run-started', document, plannedSeconds: 60, budgetSeconds }).join('\n');

test('no name controls the terminal', () => {
  const document = sampleDocument({ servers: [hostile] }, []);
  const trial = sampleTrial({ server: hostile }, [sampleClosedLoop()]);
  for (const line of [firstLine(document), ...linesOf(trial)]) {
    expect(line).toContain('mine forged');
    expect(line).not.toMatch(controlCharacter);
  }
});

test('nor does what a dying server printed', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const failed = { ...trial, status: 'failed' as const, reason: hostile, measurements: [] };
  expect(linesOf(failed)).toEqual(['block 1 cpu: pool failed: mine forged']);
});

test('the end of a long output is shown', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const reason = `${'noise '.repeat(200)}the end`;
  const failed = { ...trial, status: 'failed' as const, reason, measurements: [] };
  expect(linesOf(failed)[0]).toMatch(/the end$/);
});

test('a control is explained, and a void throughput marked', () => {
  const closed = sampleClosedLoop({ throughputPerSecond: 2120.4 });
  const warning = { code: 'late-sends', severity: 'void' as const, message: 'm', advice: 'a' };
  const control = sampleTrial({ purpose: 'control' }, [{ ...closed, warnings: [warning] }]);
  expect(linesOf(sampleTrial({}, [closed]), control)).toEqual([
    'block 1 cpu: pool 2,120 req/s, pool (control: same server again) 2,120 req/s (void; the report says why)',
  ]);
});

test('a disturbed turn is reported with what is done about it', () => {
  const disturbance = {
    block: 1,
    workload: 'cpu',
    window: 'closed' as const,
    reason: 'other programs kept 0.7 cores busy',
    repeated: true,
  };
  expect(linesFor({ type: 'disturbed', disturbance })).toEqual([
    'block 2 cpu: other programs kept 0.7 cores busy; measuring again',
  ]);
});

test('a run with a time budget has no fixed number of blocks', () => {
  expect(firstLine(undefined, 57)).toContain('up to 1 block,');
  expect(firstLine()).not.toContain('up to');
});
