import type { RunDocument } from '../../results/document/run-document.ts';
import { trialsOf, windowOf } from '../../results/select.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { UsageError } from '../errors.ts';

/** What a run takes from an earlier one, so that all figures of the two can be compared. */
export interface EarlierRun {
  /** The blocks that it measured, which may be fewer than it had planned. */
  readonly blocks: number;
  readonly durationSeconds: number;
  readonly warmupSeconds: number;
  readonly connections: number;
  readonly seed: number;
  /** The rate of the open loops that compare servers, by workload. */
  readonly ratesPerSecond: ReadonlyMap<string, number>;
}

/**
 * @param path names the run in messages
 * @throws UsageError for a run that measured nothing
 */
export function earlierRun(document: RunDocument, path: string): EarlierRun {
  const { plan, seed } = document;
  const measured = trialsOf(document).filter(({ measurements }) => measurements.length > 0);
  if (measured.length === 0) {
    throw new UsageError(`--like ${path} cannot be used: that run measured nothing.`);
  }
  const { durationSeconds, warmupSeconds, connections } = plan;
  const ratesPerSecond = new Map(
    plan.workloads.flatMap(({ name }) => {
      const rates = measured
        .filter(({ workload }) => workload === name)
        .flatMap((trial) => windowOf(trial, 'shared')?.offeredPerSecond ?? []);
      return rates.length > 0 ? [[name, medianOf(rates)] as const] : [];
    }),
  );
  const blocks = new Set(measured.map(({ block }) => block)).size;
  return { blocks, durationSeconds, warmupSeconds, connections, seed, ratesPerSecond };
}
