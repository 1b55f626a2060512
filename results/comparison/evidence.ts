import type { RunDocument } from '../run-document.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { unpairedLogRatio } from '../statistics/log-ratio.ts';
import { measurementFor, readMetric } from '../verdicts/read-metric.ts';
import type { CellChange } from './change.ts';
import { whyOtherWork } from './conditions.ts';

/** Response times are compared when what was offered differs by no more than this share. */
const sameOffer = 0.02;

export type Cell = Omit<CellChange, 'change'>;

/** ln(new value / base value), or why it cannot be had. */
export type Evidence =
  | { readonly logRatio: Estimate; readonly reason?: never }
  | { readonly logRatio?: never; readonly reason: string };

export function evidenceFor(base: RunDocument, next: RunDocument, cell: Cell): Evidence {
  const otherWork = whyOtherWork(base, next, cell.workload);
  if (otherWork !== null) return { reason: otherWork };
  const before = sampleOf(base, cell, 'base');
  const after = sampleOf(next, cell, 'new');
  const problem = before.problem ?? after.problem ?? offersDiffer(before, after);
  if (problem !== null) return { reason: problem };
  const logRatio = unpairedLogRatio(after.values, before.values);
  return logRatio ? { logRatio } : { reason: 'two blocks of each are needed' };
}

interface Sample {
  readonly values: readonly number[];
  readonly problem: string | null;
  /** Null for closed loops, which offer what is taken. */
  readonly offeredPerSecond: number | null;
}

function sampleOf(
  { trials }: RunDocument,
  { server, workload, metric }: Cell,
  run: 'base' | 'new',
): Sample {
  const own = trials
    .filter(({ purpose }) => purpose === 'comparison')
    .filter((trial) => trial.server === server && trial.workload === workload);
  const readings = own.map((trial) => readMetric(trial, metric));
  const values = readings.flatMap((reading) => (reading.usable ? [reading.value] : []));
  const tooFew =
    readings.find((reading) => !reading.usable)?.reason ??
    (own.length === 0
      ? `${server} was not measured in the ${run} run`
      : `the ${run} run has only one block of it`);
  const [measurement] = own.flatMap((trial) => measurementFor(trial, metric) ?? []);
  return {
    values,
    problem: values.length < 2 ? tooFew : null,
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
