import type { Objective } from '../../results/document/run-document.ts';
import { requestTimeoutSeconds } from '../../results/document/run-document.ts';
import { percentileAsTyped, percentilesAsTyped } from '../../results/percentile.ts';
import { UsageError } from '../errors.ts';
import type { ConfiguredWorkload } from './plan.ts';

/** A workload before it has objectives. */
type Workloads = readonly Pick<ConfiguredWorkload, 'name' | 'classes' | 'objectives'>[];

/** Where nobody has said what is wanted. */
export const usualObjective: Objective = { class: null, percentile: 'p95', belowMs: 100 };

const msPerUnit: Readonly<Record<string, number>> = { ms: 1, s: 1000 };

/**
 * Replaces the objectives of the workloads that the user has chosen some for. An objective belongs to the workload or the
 * class of requests that it names, the class of one workload where it names both; one that names none, to every workload.
 *
 * @param flags as typed: `p99<100ms`, `io p99<100ms`, `light p95<50ms`, `mixed light p95<50ms`
 * @throws UsageError for an objective that cannot be read, or names nothing of this run
 */
export function withObjectives<Workload extends Workloads[number]>(
  workloads: readonly Workload[],
  flags: readonly string[],
): Workload[] {
  const wanted = flags.map((flag) => objectivesFrom(flag, workloads));
  return workloads.map((workload) => {
    const own = wanted.flatMap((byWorkload) => byWorkload.get(workload.name) ?? []);
    return own.length > 0 ? { ...workload, objectives: withoutRepetition(own) } : workload;
  });
}

/** What one flag says, by the names of the workloads that it is for. */
function objectivesFrom(flag: string, workloads: Workloads): Map<string, Objective> {
  const { name, ...limit } = parseObjective(flag);
  const found = workloads.flatMap((workload): [string, Objective][] => {
    if (name === null || name === workload.name)
      return [[workload.name, { ...limit, class: null }]];
    return workload.classes
      .filter((one) => name === one.name || name === `${workload.name} ${one.name}`)
      .map((one) => [workload.name, { ...limit, class: one.name }]);
  });
  if (found.length > 0) return new Map(found);
  const known = workloads.flatMap((workload) => [
    workload.name,
    ...workload.classes.map((one) => one.name),
  ]);
  throw new UsageError(
    `--objective "${flag}" names neither a workload nor a class of requests of this run. Known: ${[...new Set(known)].join(', ')}.`,
  );
}

function parseObjective(flag: string) {
  const match = /^(?:(.*\S)\s+)?(p[\d.]+)\s*<\s*(\d+(?:\.\d+)?)\s*(ms|s)$/.exec(flag.trim());
  const [, name = null, written = '', time, unit = ''] = match ?? [];
  const percentile = percentilesAsTyped[written];
  const belowMs = Number(time) * (msPerUnit[unit] ?? Number.NaN);
  if (match && !percentile) {
    throw new UsageError(
      `--objective "${flag}" has the unknown percentile ${written}. Known: ${Object.keys(percentilesAsTyped).join(', ')}.`,
    );
  }
  if (!percentile || !(belowMs > 0 && belowMs <= 1000 * requestTimeoutSeconds)) {
    throw new UsageError(
      `--objective must be a percentile below a time of at most ${requestTimeoutSeconds} s, such as 'p99<100ms' or 'light p95<50ms', not "${flag}".`,
    );
  }
  return { name, percentile, belowMs };
}

const withoutRepetition = (objectives: readonly Objective[]): Objective[] => [
  ...new Map(objectives.map((one) => [JSON.stringify(one), one])).values(),
];

/** "io p95<100ms", "mixed light p95<50ms": as one would type them. */
export const objectiveAsTyped = (
  workload: string,
  { class: className, percentile, belowMs }: Objective,
): string =>
  [workload, className ?? [], `${percentileAsTyped(percentile)}<${belowMs}ms`].flat().join(' ');
