import { describe, expect, test } from '@jest/globals';
import { assertionSentence } from '../../reports/findings/assertion-sentences.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { TimeRecorder } from '../document/distribution.ts';
import type { RunDocument } from '../document/run-document.ts';
import { judgeAssertions } from './judge.ts';

const objective = { class: null, percentile: 'p95', belowMs: 50 } as const;

/** 400 requests, each of which takes so long. */
function timesOf(ms: number) {
  const recorder = new TimeRecorder();
  for (let request = 0; request < 400; request++) recorder.record(ms);
  return recorder.summarise();
}

/** Two servers whose response time at each load is a time (ms) in each of some blocks. */
function run(times: Readonly<Record<number, readonly number[]>>): RunDocument {
  const workload = { ...sampleWorkload(), objectives: [objective] };
  const trials = ['pool', 'prefork'].flatMap((server) =>
    [0, 1].map((block) => ({
      ...sampleTrial({ server, block }, [sampleClosedLoop({ throughputPerSecond: 1000 })]),
      curve: Object.entries(times).map(([perSecond, ms]) =>
        sampleOpenLoop({
          offeredPerSecond: Number(perSecond),
          throughputPerSecond: Number(perSecond),
          responseTime: timesOf(ms[block] ?? 0),
        }),
      ),
    })),
  );
  return sampleDocument({ servers: ['pool', 'prefork'], workloads: [workload] }, trials);
}

const judged = (text: string, document: RunDocument) =>
  judgeAssertions({ ...document, plan: { ...document.plan, assertions: [text] } }).map(
    (result) => `${result.outcome} ${assertionSentence(result)}`,
  )[0];

describe('a capacity that is only bounded on one side', () => {
  test('is judged where the response time is beyond the objective in its whole interval', () => {
    const [fast, slow] = [run({ 100: [5, 5.1], 250: [6, 6.1] }), run({ 250: [90, 91] })];
    expect(judged('pool capacity > 200', fast)).toBe(
      'passed pool capacity > 200 (p95 < 50 ms): at least 250 requests/s',
    );
    expect(judged('pool capacity < 255', slow)).toBe(
      'passed pool capacity < 255 (p95 < 50 ms): at most 250 requests/s',
    );
    expect(judged('pool capacity > 300', fast)).toBe(
      'unclear pool capacity > 300 (p95 < 50 ms): at least 250 requests/s; the limit is beyond it: --rigorous measures more of the load curve',
    );
  });

  test('is unclear where the blocks do not agree', () => {
    expect(judged('pool capacity < 255', run({ 250: [45, 70] }))).toBe(
      'unclear pool capacity < 255 (p95 < 50 ms): the response time at 250 requests/s is not significantly above 50 ms; use --rigorous',
    );
    expect(judged('pool capacity > 200', run({ 250: [20, 45] }))).toMatch(
      /^unclear .*: the response time at 250 requests\/s is not significantly below 50 ms/,
    );
  });

  test('gives no ratio with another of the same side', () => {
    expect(judged('pool/prefork capacity > 2', run({ 100: [5, 5.1], 250: [6, 6.1] }))).toBe(
      'unclear pool/prefork capacity > 2 (p95 < 50 ms): both capacities are only bounded from below',
    );
  });
});
