import { describe, expect, test } from '@jest/globals';
import { changeClause } from '../../reports/findings/change-sentences.ts';
import { golden } from '../../test/golden/documents.ts';
import type { RunDocument } from '../document/run-document.ts';
import { compareRuns } from './compare-runs.ts';

/** The full run with a pool that handles this share of the load as fast. */
function withPoolAt(share: number): RunDocument {
  const document = golden('full');
  for (const { server, measurements, curve } of document.trials) {
    if (server !== 'pool') continue;
    for (const measurement of [...measurements, ...curve]) {
      measurement.throughputPerSecond *= share;
      if (measurement.offeredPerSecond !== null) measurement.offeredPerSecond *= share;
    }
  }
  return document;
}

function capacityOf(next: RunDocument, workload: string, base = golden('full')) {
  const { cells } = compareRuns(base, next, 0.05);
  const cell = cells.find(
    (one) => one.metric.kind === 'capacity' && one.server === 'pool' && one.workload === workload,
  );
  if (!cell) throw new Error('not compared');
  return { kind: cell.change.kind, text: changeClause(cell, 0.05) };
}

describe('capacity under an objective, in two runs', () => {
  test('that falls significantly, by more than the threshold, is a regression', () => {
    const { kind, text } = capacityOf(withPoolAt(0.8), 'cpu');
    expect(kind).toBe('worse');
    expect(text).toMatch(/^capacity with p95 < 20 ms fell by 20(\.\d)? % \([\d.]+–[\d.]+ %\)$/);
  });

  test('that is the same is unchanged', () => {
    expect(capacityOf(golden('full'), 'cpu').kind).toBe('unchanged');
  });

  test('is not compared where one run kept the objective at all its loads', () => {
    expect(capacityOf(golden('full'), 'io').text).toMatch(
      /^capacity with p95 < 100 ms was not compared: in the base run, it was kept at all loads that did not overload pool, up to 1,4\d0 requests\/s$/,
    );
  });

  test('fell for certain, or rose, where the bounds of the two runs do not meet', () => {
    expect(capacityOf(withPoolAt(0.2), 'io')).toEqual({
      kind: 'broken',
      text: 'capacity with p95 < 100 ms was lost: it fell from at least 1,460 requests/s to at most 235',
    });
    expect(capacityOf(golden('full'), 'io', withPoolAt(0.2))).toEqual({
      kind: 'not-compared',
      text: 'capacity with p95 < 100 ms was not compared: it rose from at most 235 requests/s to at least 1,460, which gives no ratio',
    });
  });

  test('is lost where the new run keeps it at none of its loads', () => {
    const slow = golden('full');
    for (const { server, measurements, curve } of slow.trials) {
      for (const { responseTime } of [...measurements, ...curve])
        if (server === 'pool' && responseTime) {
          responseTime.histogram =
            golden('full').trials[0]?.curve[0]?.responseTime?.histogram ?? '';
          for (const quantile of ['p50Ms', 'p90Ms', 'p95Ms'] as const) responseTime[quantile] = 900;
        }
    }
    expect(capacityOf(slow, 'cpu').kind).toBe('broken');
  });

  test('is not compared where the objective is another one', () => {
    const other = golden('full');
    for (const workload of other.plan.workloads) workload.objectives = [];
    expect(() => capacityOf(other, 'cpu')).toThrow('not compared');
  });
});
