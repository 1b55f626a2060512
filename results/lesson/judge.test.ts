import { describe, expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import type { RunDocument } from '../document/run-document.ts';
import { compareServers } from '../verdicts/decide.ts';
import type { Comparison, Verdict } from '../verdicts/verdict.ts';
import { claims } from './claims.ts';
import { type JudgedClaim, judgeLesson } from './judge.ts';

const judged = (document: RunDocument) => judgeLesson(document, compareServers(document));

function outcomeOf(lesson: readonly JudgedClaim[], words: string, on: JudgedClaim['on'] = 'model') {
  const found = lesson.find(({ claim, on: kind }) => kind === on && claim.sentence.includes(words));
  return found?.outcome;
}

/** The full run, with a server's closed-loop throughput on a workload multiplied. */
function scaled(server: string, workload: string, factor: (block: number) => number): RunDocument {
  const document = golden('full');
  for (const trial of document.trials) {
    if (trial.server !== server || trial.workload !== workload) continue;
    for (const measurement of trial.measurements)
      measurement.throughputPerSecond *= factor(trial.block);
  }
  return document;
}

describe('the claims of the lesson', () => {
  test('are supported where the numbers show them', () => {
    const lesson = judged(golden('full'));
    for (const words of ['Go is great', 'work well for I/O', 'CPU-bound tasks', 'one request']) {
      expect([words, outcomeOf(lesson, words)]).toEqual([words, 'supported']);
    }
  });

  test('are not supported where the numbers show the opposite', () => {
    expect(outcomeOf(judged(scaled('pool', 'io', () => 0.5)), 'Go is great')).toBe('not supported');
    const fast = judged(scaled('event-loop', 'cpu', () => 1.95));
    expect(outcomeOf(fast, 'CPU-bound tasks')).toBe('not supported');
    const many = judged(scaled('prefork', 'io', () => 1.1));
    expect(outcomeOf(many, 'one request')).toBe('not supported');
  });

  test('stay open where the interval contains the limit, and where the load was too low', () => {
    const noisy = scaled('pool', 'cpu', (block) => [0.7, 1, 1.2][block] ?? 1);
    expect(outcomeOf(judged(noisy), 'Go is great')).toBe('cannot tell');
    const idle = judged(scaled('prefork', 'io', () => 0.5));
    expect(outcomeOf(idle, 'one request')).toBe('cannot tell');
  });

  test('are judged on models and on references apart', () => {
    const document = golden('references');
    const ofReferences = judged(document).filter(({ on }) => on === 'reference');
    expect(ofReferences.length).toBeGreaterThan(0);
    const names = document.plan.servers.flatMap(({ name, kind }) =>
      kind === 'reference' ? [name] : [],
    );
    for (const { findings } of ofReferences) {
      for (const finding of findings) {
        const seen =
          finding.kind === 'better' ? [finding.ahead, finding.behind] : [finding.server.name];
        for (const name of seen) expect(names).toContain(name);
      }
    }
    expect(ofReferences.some(({ claim }) => claim.modelsOnly)).toBe(false);
  });

  test('about processes are judged on servers whose workers are processes', () => {
    const document = golden('references');
    const [first] = document.plan.servers.filter(({ modelledBy }) => modelledBy === 'prefork');
    if (!first) throw new Error('no reference of prefork');
    const judgedServers = () =>
      judged(document).flatMap(({ findings }) =>
        findings.flatMap((one) => (one.kind === 'one-at-a-time' ? [one.server.name] : [])),
      );
    expect(judgedServers()).toContain(first.name);
    first.workerUnit = 'thread';
    expect(judgedServers()).not.toContain(first.name);
  });

  test('are left out where none of their servers and workloads ran', () => {
    expect(judged(golden('single'))).toEqual([]);
    const words = judged(golden('full')).map(({ claim }) => claim.sentence);
    expect(words).not.toContain('Node.js and Express do not suit image processing.');
  });
});

/** A run of the pool and the event loop under some workloads, with one verdict on `cpu`. */
function withVerdict(verdict: Verdict, { workloads = ['cpu'], cpus = 2 } = {}) {
  const trials = ['pool', 'event-loop'].map((server) =>
    sampleTrial({ server }, [sampleClosedLoop()]),
  );
  const document = sampleDocument({ servers: ['event-loop', 'pool'] }, trials);
  const [workload] = document.plan.workloads;
  if (!workload) throw new Error('the sample has no workload');
  document.plan.workloads = workloads.map((name) => ({ ...workload, name }));
  document.environment.cpusAvailable = cpus;
  const pair = { workload: 'cpu', metric: { kind: 'throughput' } as const };
  const comparison: Comparison = { ...pair, first: 'event-loop', second: 'pool', verdict };
  return judgeLesson(document, [comparison]);
}

const faster = (ahead: string, ratio: number, low: number, high: number): Verdict => ({
  kind: 'faster',
  ahead,
  behind: ahead === 'pool' ? 'event-loop' : 'pool',
  ratio,
  low,
  high,
  blocks: 4,
  blocksTried: 4,
  blocksDisturbed: 0,
  pValue: 0.001,
  adjustedP: 0.01,
  withinMargin: false,
});

const failed = (behind: string): Verdict => ({
  kind: 'one-failed',
  ahead: behind === 'pool' ? 'event-loop' : 'pool',
  behind,
  blocks: 3,
  value: 100,
  failure: 'was overloaded',
  pValue: 0.01,
  adjustedP: 0.02,
});

describe('a comparison of two servers', () => {
  test('is judged by the ends of its interval: 1.2 times as good decides on cpu', () => {
    const struggles = (verdict: Verdict) => outcomeOf(withVerdict(verdict), 'CPU-bound tasks');
    expect(struggles(faster('pool', 1.5, 1.2, 1.8))).toBe('supported');
    expect(struggles(faster('pool', 1.5, 1.19, 1.8))).toBe('cannot tell');
    expect(struggles(faster('pool', 1.1, 1.05, 1.21))).toBe('cannot tell');
    expect(struggles(faster('pool', 1.1, 1.05, 1.19))).toBe('not supported');
    expect(struggles(faster('event-loop', 1.1, 1.05, 1.19))).toBe('not supported');
  });

  test('in which one server failed is decided by who did', () => {
    expect(outcomeOf(withVerdict(failed('event-loop')), 'CPU-bound tasks')).toBe('supported');
    expect(outcomeOf(withVerdict(failed('pool')), 'CPU-bound tasks')).toBe('not supported');
  });

  test('without a ratio leaves its claim open', () => {
    const lesson = withVerdict({ kind: 'not-measured', reason: 'pool was never measured' });
    expect(outcomeOf(lesson, 'CPU-bound tasks')).toBe('cannot tell');
  });

  test('that needs several CPUs shows nothing on one', () => {
    const lesson = withVerdict(faster('event-loop', 1.1, 1.05, 1.19), { cpus: 1 });
    expect(outcomeOf(lesson, 'CPU-bound tasks')).toBe('cannot tell');
  });

  test('is not enough for a claim about more workloads', () => {
    const lesson = withVerdict(faster('pool', 1.5, 1.3, 1.8));
    expect(outcomeOf(lesson, 'Go is great')).toBe('cannot tell');
  });
});

test('every claim has a sentence of its own and something to test', () => {
  expect(new Set(claims.map(({ sentence }) => sentence)).size).toBe(claims.length);
  for (const { tests } of claims) expect(tests.length).toBeGreaterThan(0);
});
