import { sumOf } from '../../results/statistics/summary.ts';
import type { Profile, Sweep, Timing } from './budget.ts';
import { blocksWithCurve } from './load-row.ts';
import {
  curveSeconds,
  type PlannedWindow,
  settleSeconds,
  type WorkloadWithWindows,
  windowsOf,
} from './windows.ts';

/** Starting servers side by side, and stopping them; measured on two cores, over the three models. */
const launchSeconds = (servers: number): number => 0.4 + 0.4 * servers;
/** What a workload takes beside its windows: answers are checked, and servers come to rest. */
const workloadSeconds = 0.4;
/** Seconds between a window and the next warm-up: requests in flight are awaited, and connections are opened. */
const drainSeconds = 0.2;
/** Before the first load of a run with predictions, servers come to rest and are watched idle, side by side. */
const idleSeconds = 0.7;
/** The same where thousands of clients of some servers give up after 10 s: an average over the models. */
const crowdDrainSeconds = 5;
/** What the first block measures beside its windows, for each server: traces; and single requests and memory. */
const pilotSeconds = { plain: 0.15, withPredictions: 1.2 };

/** A workload, as far as it takes time. */
export interface TimedWorkload extends WorkloadWithWindows {
  readonly servers: readonly string[];
  readonly sweptServers: readonly string[];
}

/** What decides how long a block takes. */
export type BlockTiming = Pick<
  Profile,
  'warmupSeconds' | 'predictions' | 'sweep' | 'controls' | 'durationSeconds'
> &
  Pick<Timing, 'furtherWindows' | 'furtherBlocks' | 'curve'>;

/** How long the first blocks of a run take by the plan. */
export function firstBlocksSeconds(
  workloads: readonly TimedWorkload[],
  timing: BlockTiming,
  blocks: number,
): number {
  return sumOf(
    Array.from({ length: blocks }, (_, block) => blockSeconds(workloads, timing, block)),
  );
}

/** How long a block takes in which only load curves are measured: of workloads without connections of their own. */
export function curveBlockSeconds(
  workloads: readonly TimedWorkload[],
  timing: Pick<BlockTiming, 'warmupSeconds' | 'durationSeconds' | 'curve'>,
): number {
  const withCurve = workloads.filter(({ connections }) => connections === undefined);
  return (
    launchSeconds(serversOf(withCurve)) +
    sumOf(
      withCurve.map(
        ({ servers }) =>
          workloadSeconds + servers.length * (timing.warmupSeconds + curvePartSeconds(timing)),
      ),
    )
  );
}

/** The same after a window of a load curve, on average: the highest loads leave a queue that takes seconds. */
const curveDrainSeconds = 0.5;
/** Loads in a curve that a server takes, and the length of their windows in usual ones: averages over the workloads. */
const takenShare = 0.8;
const usualCurveLoad = 200;

/** How long the part of a load curve takes that one block measures, for each server. */
function curvePartSeconds({
  durationSeconds,
  curve,
}: Pick<BlockTiming, 'durationSeconds' | 'curve'>): number {
  const seconds = curveSeconds(usualCurveLoad, durationSeconds);
  return (
    takenShare *
    (curve?.loadsPerBlock ?? 0) *
    (settleSeconds(seconds) + seconds + curveDrainSeconds)
  );
}

const serversOf = (workloads: readonly TimedWorkload[]): number =>
  new Set(workloads.flatMap(({ servers }) => servers)).size;

/** How long a block takes by the plan. */
function blockSeconds(
  workloads: readonly TimedWorkload[],
  timing: BlockTiming,
  block: number,
): number {
  return (
    launchSeconds(serversOf(workloads) + (timing.controls ? 1 : 0)) +
    (block === 0 && timing.predictions ? idleSeconds : 0) +
    sumOf(
      workloads.map((workload, index) =>
        groupSeconds(
          {
            servers: workload.servers.length + (timing.controls && index === 0 ? 1 : 0),
            windows: windowsOf(workload, timing, block),
            sweptServers: workload.sweptServers.length,
            isPilot: block === 0 && !workload.connections,
            hasCurve: hasCurvePart(timing.curve, block) && !workload.connections,
            isCrowd: workload.connections !== undefined,
          },
          timing,
        ),
      ),
    )
  );
}

const hasCurvePart = (curve: BlockTiming['curve'], block: number): boolean =>
  curve !== null && block >= curve.firstBlock && block < blocksWithCurve(curve);

/** The trials of one workload in one block: their number, and what they do. */
interface GroupSteps {
  readonly servers: number;
  readonly windows: readonly PlannedWindow[];
  readonly sweptServers: number;
  readonly isPilot: boolean;
  readonly hasCurve: boolean;
  /** Whether the workload has connections of its own. */
  readonly isCrowd: boolean;
}

function groupSeconds(
  { servers, windows, sweptServers, isPilot, hasCurve, isCrowd }: GroupSteps,
  timing: BlockTiming,
): number {
  const { warmupSeconds, predictions, sweep } = timing;
  const pilot = predictions ? pilotSeconds.withPredictions : pilotSeconds.plain;
  const warmups = windows.map(({ window, seconds }) =>
    window === 'closed' ? 0 : settleSeconds(seconds),
  );
  const drain = isCrowd ? crowdDrainSeconds : drainSeconds;
  const measuring = sumOf(windows.map(({ seconds }) => seconds + drain));
  return (
    workloadSeconds +
    servers * (warmupSeconds + sumOf(warmups) + measuring + (isPilot ? pilot : 0)) +
    (hasCurve ? servers * curvePartSeconds(timing) : 0) +
    sweptServers * sweepSeconds(sweep)
  );
}

function sweepSeconds({ connections, warmupSeconds, windowSeconds }: Sweep): number {
  return connections.length * (warmupSeconds + windowSeconds + drainSeconds);
}
