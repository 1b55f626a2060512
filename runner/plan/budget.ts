import type { WindowName } from '../../results/select.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { fewestBlocks } from '../../results/verdicts/evidence.ts';
import { curveBlockSeconds, firstBlocksSeconds, type TimedWorkload } from './block-seconds.ts';
import { blocksWithCurve, type CurvePlan } from './load-row.ts';
import { isProportional } from './windows.ts';

/** Closed loops with fewer connections than the plan has, which show how throughput grows with connections. */
export interface Sweep {
  readonly connections: readonly number[];
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
}

/** How a run spends its time. */
export interface Timing {
  /** The most blocks; a run with a time budget ends when the evidence is in or the time is up. */
  readonly blocks: number;
  readonly warmupSeconds: number;
  /** The length of the window by whose throughput servers are compared. */
  readonly durationSeconds: number;
  /** The windows that blocks measure beside the main one of each workload; none if there is no time for them. */
  readonly furtherWindows: readonly WindowName[];
  /** The first blocks, which measure them; later blocks have their time for what is undecided, and for load curves. */
  readonly furtherBlocks: number;
  /** The time after which no further block begins; null if the user chose the number of blocks. */
  readonly budgetSeconds: number | null;
  /** How load curves are measured; null if there is no time for them. */
  readonly curve: CurvePlan | null;
  /** How much longer than by the profile that is, so that many servers or workloads get a verdict. */
  readonly extraSeconds: number;
}

/** What a profile wants of load curves. */
interface WantedCurve {
  readonly loads: number;
  readonly loadsPerBlock: number;
  /** The blocks in which each load is measured. */
  readonly repeats: number;
  /** The first block with a part of the curve. */
  readonly firstBlock: number;
}

export interface Profile extends Omit<Timing, 'extraSeconds' | 'curve' | 'furtherBlocks'> {
  /** Null for no load curves. */
  readonly curve: WantedCurve | null;
  readonly budgetSeconds: number;
  readonly shortestDurationSeconds: number;
  /** Servers times workloads that the budget is made for; more have more time in proportion. Absent: any number. */
  readonly trialsPerBlock?: number;
  /** Blocks that windows are shortened for, and the seconds within which these blocks should end. */
  readonly first: { readonly blocks: number; readonly withinSeconds: number };
  /** How models and references are compared beyond the plan's own connections, with `--fairness demand`. */
  readonly sweep: Sweep;
  /** Whether the first block also measures single requests, from which predictions follow. */
  readonly predictions: boolean;
  /** Whether each block repeats one trial as a control, to measure noise (A/A). */
  readonly controls: boolean;
  /** Differences below this fraction are not claimed. */
  readonly smallestClaim: number;
}

/** What the longer profiles have in common. */
const thorough = {
  furtherWindows: ['closed', 'shared', 'alone'],
  predictions: true,
  controls: true,
  smallestClaim: 0,
} as const satisfies Partial<Profile>;

/** The profiles of `--quick`, of neither flag, of `--rigorous`, of `bench lesson`, and of `bench advise`. */
export const profiles = {
  quick: {
    budgetSeconds: 58,
    first: { blocks: 4, withinSeconds: 54 },
    curve: { loads: 3, loadsPerBlock: 2, repeats: 2, firstBlock: 0 },
    blocks: 8,
    warmupSeconds: 0.3,
    durationSeconds: 2,
    shortestDurationSeconds: 0.4,
    furtherWindows: ['closed', 'shared', 'alone'],
    sweep: { connections: [1, 8], warmupSeconds: 0.1, windowSeconds: 0.25 },
    predictions: false,
    controls: false,
    smallestClaim: 0.1,
  },
  standard: {
    budgetSeconds: 235,
    first: { blocks: 4, withinSeconds: 145 },
    curve: { loads: 5, loadsPerBlock: 5, repeats: 2, firstBlock: 4 },
    blocks: 24,
    warmupSeconds: 0.5,
    durationSeconds: 3,
    shortestDurationSeconds: 0.6,
    trialsPerBlock: 10,
    sweep: { connections: [1, 4, 16], warmupSeconds: 0.2, windowSeconds: 0.5 },
    ...thorough,
  },
  rigorous: {
    budgetSeconds: 2600,
    first: { blocks: 10, withinSeconds: 2600 },
    curve: { loads: 8, loadsPerBlock: 2, repeats: 3, firstBlock: 0 },
    blocks: 60,
    warmupSeconds: 3,
    durationSeconds: 6,
    shortestDurationSeconds: 4,
    sweep: { connections: [1, 4, 16], warmupSeconds: 0.3, windowSeconds: 1.5 },
    ...thorough,
  },
  lesson: {
    budgetSeconds: 870,
    first: { blocks: 4, withinSeconds: 720 },
    curve: null,
    blocks: 12,
    warmupSeconds: 0.5,
    durationSeconds: 3,
    shortestDurationSeconds: 1,
    furtherWindows: ['closed', 'alone'],
    sweep: { connections: [1, 8], warmupSeconds: 0.1, windowSeconds: 0.25 },
    predictions: false,
    controls: false,
    smallestClaim: 0.03,
  },
  advise: {
    budgetSeconds: 235,
    first: { blocks: 6, withinSeconds: 235 },
    curve: { loads: 5, loadsPerBlock: 2, repeats: 2, firstBlock: 0 },
    blocks: 6,
    warmupSeconds: 0.5,
    durationSeconds: 1.5,
    shortestDurationSeconds: 0.7,
    furtherWindows: ['closed'],
    sweep: { connections: [1, 8], warmupSeconds: 0.1, windowSeconds: 0.25 },
    predictions: false,
    controls: false,
    smallestClaim: 0,
  },
} as const satisfies Record<string, Profile>;

const durationStepsPerSecond = 20;

/** Shorter windows have too few requests for a load curve: those of the curve have half of this. */
const shortestDurationWithCurve = 0.6;

/** How many times the budget's number of trials a block has, if more. */
const excessOf = (
  { trialsPerBlock = Number.POSITIVE_INFINITY }: Profile,
  workloads: readonly TimedWorkload[],
): number => Math.max(1, sumOf(workloads.map(({ servers }) => servers.length)) / trialsPerBlock);

/**
 * Fits a profile into its budget, so that its first blocks end in time: windows are shortened; then the load curves are
 * left out; then all but the main window of each workload, in some blocks or in all. If that is not enough the budget is
 * extended: a run that ends without a verdict has wasted all of its time. Warm-up is never cut: numbers of a cold server
 * are wrong.
 *
 * @param onceSeconds what the run needs before its first block
 * @param chosenBlocks the number of blocks that the user wants, however long they take: nothing is left out then
 */
export function fitToBudget(
  profile: Profile,
  workloads: readonly TimedWorkload[],
  onceSeconds: number,
  chosenBlocks?: number,
): Timing {
  const { warmupSeconds, durationSeconds, furtherWindows, first } = profile;
  const excess = excessOf(profile, workloads);
  const budgetSeconds = Math.round(excess * profile.budgetSeconds);
  const withinSeconds = excess * first.withinSeconds;
  const blocks = chosenBlocks ?? profile.blocks;
  const asProfile = {
    blocks,
    warmupSeconds,
    durationSeconds,
    furtherWindows,
    furtherBlocks: chosenBlocks ?? first.blocks,
    budgetSeconds,
    curve: profile.curve && planCurve(profile.curve, blocks),
    extraSeconds: budgetSeconds - profile.budgetSeconds,
  };
  if (chosenBlocks !== undefined) {
    const curve = asProfile.curve && { ...asProfile.curve, firstBlock: 0 };
    return { ...asProfile, curve, budgetSeconds: null, extraSeconds: 0 };
  }

  const secondsOf = (timing: Timing): number =>
    onceSeconds + firstBlocksSeconds(workloads, { ...profile, ...timing }, first.blocks);
  /** Until the load curves are complete, if every comparison is decided by the first blocks. */
  const completeSeconds = (timing: Timing): number =>
    secondsOf(timing) +
    Math.max(0, blocksWithCurve(timing.curve) - first.blocks) *
      curveBlockSeconds(workloads, timing);
  const longestThatFits = (timing: Timing, mostSeconds: number): Timing | undefined =>
    durationsOf(profile)
      .map((seconds) => ({ ...timing, durationSeconds: seconds }))
      .filter((one) => !one.curve || one.durationSeconds >= shortestDurationWithCurve)
      .find((one) => secondsOf(one) <= mostSeconds && completeSeconds(one) <= budgetSeconds);

  const withoutCurve = { ...asProfile, curve: null };
  const fewFurther = { ...withoutCurve, furtherBlocks: Math.min(fewestBlocks, first.blocks) };
  const mainOnly = { ...withoutCurve, furtherWindows: furtherWindows.filter(isProportional) };
  const shortest = { ...mainOnly, durationSeconds: profile.shortestDurationSeconds };
  const neededSeconds = Math.ceil(secondsOf(shortest));
  return (
    longestThatFits(asProfile, withinSeconds) ??
    longestThatFits(withoutCurve, withinSeconds) ??
    longestThatFits(withoutCurve, budgetSeconds) ??
    longestThatFits(fewFurther, budgetSeconds) ??
    longestThatFits(mainOnly, withinSeconds) ??
    longestThatFits(mainOnly, budgetSeconds) ?? {
      ...shortest,
      budgetSeconds: neededSeconds,
      extraSeconds: neededSeconds - profile.budgetSeconds,
    }
  );
}

/** Spreads the loads over the blocks: where there are few, each has more of them. */
function planCurve(wanted: WantedCurve, blocks: number): CurvePlan {
  const { loads, loadsPerBlock, repeats, firstBlock } = wanted;
  const needed = Math.ceil((loads * repeats) / blocks);
  const perBlock = Math.min(loads, Math.max(loadsPerBlock, needed));
  const parts = Math.ceil((loads * repeats) / perBlock);
  return { loads, loadsPerBlock: perBlock, parts, firstBlock };
}

/** The lengths that a window may have, the longest first. */
function durationsOf({ durationSeconds, shortestDurationSeconds }: Profile): number[] {
  const steps = Math.round((durationSeconds - shortestDurationSeconds) * durationStepsPerSecond);
  return Array.from(
    { length: steps + 1 },
    (_, step) =>
      Math.round(durationSeconds * durationStepsPerSecond - step) / durationStepsPerSecond,
  );
}
