import { expect, test } from '@jest/globals';
import type { Trial } from '../../results/document/run-document.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import type { RunEvent } from '../run/events.ts';
import { progressLines } from './wording.ts';

const hostile = 'mine\u001b[2J\u0007\r\nforged';
const controlCharacter = /\p{Cc}/u;

const linesOf = (...trials: Trial[]) =>
  progressLines()({ type: 'group-finished', trials, document: sampleDocument({}, trials) });

const curve = { loads: 5, loadsPerBlock: 2, parts: 5, firstBlock: 0 };

type Timing = Extract<RunEvent, { type: 'run-started' }>['timing'];
const planLines = (timing: Partial<Timing>, document = sampleDocument({}, [])) =>
  progressLines()({
    type: 'run-started',
    document,
    plannedSeconds: 60 + (timing.extraSeconds ?? 0) * 10,
    timing: { budgetSeconds: null, extraSeconds: 0, furtherWindows: ['shared'], curve, ...timing },
  });

test('no name controls the terminal', () => {
  const document = sampleDocument({ servers: [hostile] }, []);
  const trial = sampleTrial({ server: hostile }, [sampleClosedLoop()]);
  const [first = ''] = planLines({}, document);
  for (const line of [first, ...linesOf(trial)]) {
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

test('a disturbed turn is reported with what is done about it', () => {
  const disturbance = {
    block: 1,
    workload: 'cpu',
    window: 'closed' as const,
    reason: 'other programs kept 0.7 cores busy',
    repeated: true,
  };
  expect(progressLines()({ type: 'disturbed', disturbance })).toEqual([
    'block 2 cpu: other programs kept 0.7 cores busy; measuring again',
  ]);
});

test('constant disturbance is reported once for each group', () => {
  const disturbance = {
    block: 0,
    workload: 'cpu',
    window: 'closed' as const,
    reason: 'other programs kept 0.7 cores busy',
    repeated: false,
  };
  const linesFor = progressLines();
  const group = { workload: { name: 'cpu' }, block: 0 } as never;
  const lines = [1, 2].flatMap(() => [
    ...linesFor({ type: 'group-started', group }),
    ...linesFor({ type: 'disturbed', disturbance }),
    ...linesFor({ type: 'disturbed', disturbance }),
  ]);
  expect(lines).toEqual(
    Array(2).fill('block 1 cpu: other programs kept 0.7 cores busy; not measured again'),
  );
});

test('the plan says how long the run takes, and when it ends sooner', () => {
  expect(planLines({ budgetSeconds: null })).toEqual([
    'pool, prefork × cpu: 64 connections, seed 1',
    '1 block, about 1 min 0 s; windows of 5 s',
  ]);
  expect(planLines({ budgetSeconds: 57 }).at(-1)).toBe(
    'at most 57 s, sooner when all comparisons are decided; windows of 5 s',
  );
  const alone = sampleDocument({ servers: ['pool'] }, []);
  expect(planLines({ budgetSeconds: 57 }, alone).at(-1)).toBe('at most 57 s; windows of 5 s');
});

test('the plan names what the load curve is searched for', () => {
  const document = sampleDocument({}, []);
  const [cpu] = document.plan.workloads;
  cpu?.objectives.push({ class: null, percentile: 'p999', belowMs: 100 });
  const line = 'load curve, for cpu p99.9<100ms';
  expect(planLines({}, document)).toContain(line);
  expect(planLines({ curve: null }, document)).not.toContain(line);
});

test('the plan says beforehand that many servers take longer, and what is left out', () => {
  expect(planLines({ budgetSeconds: 440, extraSeconds: 155, furtherWindows: [] })).toEqual([
    'pool, prefork × cpu: 64 connections, seed 1',
    'at most 7 min 20 s (4 min 45 s is too short for 2 servers × 1 workload), sooner when all comparisons are decided; windows of 5 s',
    'for lack of time, only the main metric of each workload is measured, and no load curve',
  ]);
  expect(planLines({ curve: null }).at(-1)).toBe('for lack of time, no load curve is measured');
  const lesson = planLines({ furtherWindows: ['closed', 'alone'], curve: null });
  expect(lesson.join(' ')).not.toContain('for lack of time');
});
