import type { RunDocument } from '../document/run-document.ts';
import { trialsOf, windowOf } from '../select.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { unpairedLogRatio } from '../statistics/log-ratio.ts';
import type { Metric } from '../verdicts/metric.ts';
import { failedBlocksOf, isTried, readMetric, windowFor } from '../verdicts/reading.ts';
import { type Curves, capacityEvidence } from './capacity-evidence.ts';
import type { Broken, CellChange, NotCompared } from './change.ts';
import { howToMakeAlike, whyOtherWork } from './conditions.ts';

/** Response times are compared only at offered rates that differ by no more than this share. */
const sameRate = 0.02;

/** A server that fails in this share of the blocks is broken, whatever the other blocks show. */
const brokenShare = 0.5;

export type Cell = Omit<CellChange, 'change'>;

type MetricCell = Cell & { readonly metric: Metric };

/** What two runs show about one metric of one server, or why they show nothing. */
export type Evidence =
  | {
      readonly kind: 'measured';
      /** ln(new value / base value) */
      readonly logRatio: Estimate;
      readonly survivorBias: SurvivorBias | null;
    }
  | Broken
  | NotCompared;

/** The run in which a larger share of the server's blocks failed, so that the others make it look better than it is. */
interface SurvivorBias {
  readonly run: Run;
  readonly reason: string;
}

type Run = 'base' | 'new';

/** @param curves the load curves of the two runs */
export function evidenceFor(
  base: RunDocument,
  next: RunDocument,
  cell: Cell,
  curves: Readonly<Record<Run, Curves>>,
): Evidence {
  const otherWork = whyOtherWork(base, next, cell.workload);
  if (otherWork !== null) return notCompared(otherWork);
  const { metric, ...where } = cell;
  if (metric.kind === 'capacity') {
    return capacityEvidence(curves.base, curves.new, { ...where, metric });
  }
  const before = sampleOf(base, { ...where, metric }, 'base');
  const after = sampleOf(next, { ...where, metric }, 'new');
  const reason = before.reason ?? whyOtherRate(before, after);
  if (reason !== null) return notCompared(reason);

  const failsMore = after.failedShare > before.failedShare;
  if (failsMore && (after.reason !== null || after.failedShare >= brokenShare)) {
    return { kind: 'broken', reason: after.failure };
  }
  const logRatio = unpairedLogRatio(after.values, before.values);
  if (after.reason !== null || !logRatio) {
    return notCompared(after.reason ?? 'each run needs two blocks');
  }
  if (after.failedShare === before.failedShare) {
    return { kind: 'measured', logRatio, survivorBias: null };
  }
  const survivorBias: SurvivorBias = failsMore
    ? { run: 'new', reason: after.failure }
    : { run: 'base', reason: before.failure };
  return { kind: 'measured', logRatio, survivorBias };
}

const notCompared = (reason: string): NotCompared => ({ kind: 'not-compared', reason });

interface Sample {
  readonly values: readonly number[];
  readonly reason: string | null;
  /** The share of the measured blocks that failed through the server's own fault, and a clause about them. */
  readonly failedShare: number;
  readonly failure: string;
  /** Offered requests/s; null for closed loops. */
  readonly offeredPerSecond: number | null;
}

function sampleOf(
  document: RunDocument,
  { server, workload, metric }: MetricCell,
  run: Run,
): Sample {
  const trials = trialsOf(document, { server, workload });
  const readings = trials
    .map((trial) => readMetric(trial, metric))
    .filter((reading, _, all) => isTried(reading) || !all.some(isTried));
  const values = readings.flatMap((reading) => (reading.usable ? [reading.value] : []));
  const tooFew =
    readings.find((reading) => !reading.usable)?.reason ??
    (trials.length === 0
      ? `${server} was not measured in the ${run} run`
      : `the ${run} run has only one block of it`);
  const [measurement] = trials.flatMap((trial) => windowOf(trial, windowFor(metric)) ?? []);
  const failed = failedBlocksOf(server, metric, readings);
  return {
    values,
    reason: values.length < 2 ? tooFew : null,
    failedShare: failed ? failed.blocks / readings.length : 0,
    failure: failed ? `in the ${run} run, ${failed.reason}` : '',
    offeredPerSecond: measurement?.offeredPerSecond ?? null,
  };
}

function whyOtherRate(
  { offeredPerSecond: before }: Sample,
  { offeredPerSecond: after }: Sample,
): string | null {
  if (before === null || after === null || Math.abs(after / before - 1) <= sameRate) return null;
  return `${before.toFixed(0)} requests/s were offered in the base run, ${after.toFixed(0)} in the new one; ${howToMakeAlike}`;
}
