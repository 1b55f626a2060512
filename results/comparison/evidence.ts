import type { RunDocument } from '../document/run-document.ts';
import { windowOf } from '../select.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { unpairedLogRatio } from '../statistics/log-ratio.ts';
import { failedBlocksOf, isTried, readMetric, windowFor } from '../verdicts/reading.ts';
import type { Broken, CellChange, NotCompared } from './change.ts';
import { whyOtherWork } from './conditions.ts';

/** Response times are compared when what was offered differs by no more than this share. */
const sameOffer = 0.02;

export type Cell = Omit<CellChange, 'change'>;

/** ln(new value / base value), that the new run has none left, or why it cannot be had. */
export type Evidence =
  | {
      readonly kind: 'measured';
      readonly logRatio: Estimate;
      /** The run in which the server lost more blocks by its own doing, and which flatters it. */
      readonly flattering: { readonly run: Run; readonly reason: string } | null;
    }
  | Broken
  | NotCompared;

type Run = 'base' | 'new';

/** From this share of blocks on, a server that loses them is broken, whatever the others say. */
const brokenShare = 0.5;

export function evidenceFor(base: RunDocument, next: RunDocument, cell: Cell): Evidence {
  const otherWork = whyOtherWork(base, next, cell.workload);
  if (otherWork !== null) return { kind: 'not-compared', reason: otherWork };
  const before = sampleOf(base, cell, 'base');
  const after = sampleOf(next, cell, 'new');
  const problem = before.problem ?? offersDiffer(before, after);
  if (problem !== null) return { kind: 'not-compared', reason: problem };

  const lostMore = after.lostShare > before.lostShare;
  if (lostMore && (after.problem !== null || after.lostShare >= brokenShare)) {
    return { kind: 'broken', reason: after.loss };
  }
  const logRatio = unpairedLogRatio(after.values, before.values);
  if (after.problem !== null || !logRatio) {
    return { kind: 'not-compared', reason: after.problem ?? 'two blocks of each are needed' };
  }
  const asMany = after.lostShare === before.lostShare;
  const flattering = lostMore
    ? ({ run: 'new', reason: after.loss } as const)
    : ({ run: 'base', reason: before.loss } as const);
  return { kind: 'measured', logRatio, flattering: asMany ? null : flattering };
}

interface Sample {
  readonly values: readonly number[];
  readonly problem: string | null;
  /** Of the blocks measured, those that the server lost by its own doing. */
  readonly lostShare: number;
  readonly loss: string;
  /** Null for closed loops, which offer what is taken. */
  readonly offeredPerSecond: number | null;
}

function sampleOf({ trials }: RunDocument, { server, workload, metric }: Cell, run: Run): Sample {
  const own = trials
    .filter(({ purpose }) => purpose === 'comparison')
    .filter((trial) => trial.server === server && trial.workload === workload);
  const readings = own
    .map((trial) => readMetric(trial, metric))
    .filter((reading, _, all) => isTried(reading) || !all.some(isTried));
  const values = readings.flatMap((reading) => (reading.usable ? [reading.value] : []));
  const tooFew =
    readings.find((reading) => !reading.usable)?.reason ??
    (own.length === 0
      ? `${server} was not measured in the ${run} run`
      : `the ${run} run has only one block of it`);
  const [measurement] = own.flatMap((trial) => windowOf(trial, windowFor(metric)) ?? []);
  const loss = failedBlocksOf(server, metric, readings);
  return {
    values,
    problem: values.length < 2 ? tooFew : null,
    lostShare: loss ? loss.blocks / readings.length : 0,
    loss: loss ? `in the ${run} run, ${loss.reason}` : '',
    offeredPerSecond: measurement?.offeredPerSecond ?? null,
  };
}

function offersDiffer(
  { offeredPerSecond: before }: Sample,
  { offeredPerSecond: after }: Sample,
): string | null {
  if (before === null || after === null || Math.abs(after / before - 1) <= sameOffer) return null;
  return `${before.toFixed(0)} requests/s were offered in the base run, ${after.toFixed(0)} in the new one`;
}
