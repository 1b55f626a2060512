import type { PlannedWorkload, RunDocument, Trial } from '../../results/document/run-document.ts';
import { trialsOf, type WindowName, windowNameOf, windowOf } from '../../results/select.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { UsageError } from '../errors.ts';
import { longestSeconds, mostBlocks, mostConnections, mostPerSecond } from './flag-values.ts';
import { mostFactor, usualSeconds, type WorkloadWithWindows } from './windows.ts';

/** What makes a workload the same work in two runs. */
interface Work extends Pick<PlannedWorkload, 'name' | 'parameters'> {
  readonly classes: readonly Pick<
    PlannedWorkload['classes'][number],
    'name' | 'weight' | 'path' | 'method'
  >[];
}

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
  /** How long it measured in each kind of window, by workload, as a plan says it. */
  readonly windowSeconds: ReadonlyMap<string, ReadonlyMap<WindowName, number>>;
  /** Its path, and what it did, to find work that it did not do. */
  readonly path: string;
  readonly workloads: readonly PlannedWorkload[];
}

/**
 * @param path names the run in messages
 * @throws UsageError for a run that measured nothing, or with figures that no flag may have
 */
export function earlierRun(document: RunDocument, path: string): EarlierRun {
  const { plan, seed } = document;
  const measured = trialsOf(document).filter(({ measurements }) => measurements.length > 0);
  if (measured.length === 0) {
    throw new UsageError(`--like ${path} cannot be used: that run measured nothing.`);
  }
  const { durationSeconds, warmupSeconds, connections, workloads } = plan;
  const ratesPerSecond = new Map(
    plan.workloads.flatMap(({ name }) => {
      const rates = measured
        .filter(({ workload }) => workload === name)
        .flatMap((trial) => windowOf(trial, 'shared')?.offeredPerSecond ?? []);
      return rates.length > 0 ? [[name, medianOf(rates)] as const] : [];
    }),
  );
  const blocks = new Set(measured.map(({ block }) => block)).size;
  const windowSeconds = new Map(
    plan.workloads.map(({ name }) => [
      name,
      windowSecondsOf(measured.filter(({ workload }) => workload === name)),
    ]),
  );
  const perSecond = Math.max(0, ...ratesPerSecond.values());
  const longest = Math.max(
    durationSeconds,
    ...[...windowSeconds.values()].flatMap((one) => [...one.values()]),
  );
  requireAtMost(path, 'connections', connections, mostConnections);
  requireAtMost(path, 'seconds per window', longest, mostFactor * longestSeconds);
  requireAtMost(path, 'seconds of warm-up', warmupSeconds, longestSeconds);
  requireAtMost(path, 'requests/s', perSecond, mostPerSecond);
  requireAtMost(path, 'blocks', blocks, mostBlocks);
  return {
    blocks,
    durationSeconds,
    warmupSeconds,
    connections,
    seed,
    ratesPerSecond,
    windowSeconds,
    path,
    workloads,
  };
}

function requireAtMost(path: string, what: string, value: number, most: number): void {
  if (value <= most) return;
  throw new UsageError(
    `--like ${path} cannot be used: that run has ${value} ${what}; at most ${most} are possible.`,
  );
}

/** The median length of each kind of window, to a thousandth of a second. */
function windowSecondsOf(trials: readonly Trial[]): Map<WindowName, number> {
  const all = trials.flatMap(({ measurements }) => measurements);
  return new Map(
    [...Map.groupBy(all, windowNameOf)].map(([window, some]) => {
      const lengths = some.map(({ offeredPerSecond, windowSeconds }) =>
        offeredPerSecond === null ? windowSeconds : usualSeconds(offeredPerSecond, windowSeconds),
      );
      return [window, Math.round(1000 * medianOf(lengths)) / 1000];
    }),
  );
}

/**
 * Gives each workload the windows that it had in an earlier run.
 *
 * @throws UsageError for a workload that the earlier run does not have, or has with other parameters or requests
 */
export function withLikeWindows<Workload extends Work>(
  workloads: readonly Workload[],
  like: EarlierRun,
  takesWindows: boolean,
): (Workload & Pick<WorkloadWithWindows, 'likeSeconds'>)[] {
  return workloads.map((workload) => {
    if (!like.workloads.some((earlier) => workOf(earlier) === workOf(workload))) {
      throw new UsageError(
        `--like ${like.path} cannot be used for ${workload.name}: that run does not have it with the same parameters and requests.`,
      );
    }
    const likeSeconds = takesWindows ? like.windowSeconds.get(workload.name) : undefined;
    return { ...workload, ...(likeSeconds && { likeSeconds }) };
  });
}

const workOf = ({ name, parameters, classes }: Work): string =>
  JSON.stringify([
    name,
    Object.entries(parameters).map(String).toSorted(),
    classes.map(({ name, weight, path, method = null }) => [name, weight, path, method]),
  ]);
