export type RateKind = 'shared' | 'proportional';

/** Closed loops with fewer connections than the plan has, which show how throughput grows with connections. */
export interface Sweep {
  readonly connections: readonly number[];
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
}

/** How a run spends its time. */
export interface Timing {
  /** The most blocks that fit; a run may stop earlier, when its intervals are narrow enough. */
  readonly blocks: number;
  readonly warmupSeconds: number;
  /** The length of each measured window. */
  readonly durationSeconds: number;
  /** The open-loop rates that each trial measures after its closed loop; none if there is no time for them. */
  readonly rates: readonly RateKind[];
}

export interface Profile extends Timing {
  /** The time that the whole run may take. */
  readonly budgetSeconds: number;
  readonly shortestDurationSeconds: number;
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
  rates: ['shared', 'proportional'],
  predictions: true,
  controls: true,
  smallestClaim: 0,
} as const satisfies Partial<Profile>;

/** The profiles of `--quick`, of neither flag, and of `--rigorous`; blocks and windows shrink where time is short. */
export const profiles = {
  quick: {
    budgetSeconds: 58,
    blocks: 3,
    warmupSeconds: 0.3,
    durationSeconds: 2,
    shortestDurationSeconds: 0.3,
    rates: ['shared'],
    sweep: { connections: [1, 8], warmupSeconds: 0.1, windowSeconds: 0.25 },
    predictions: false,
    controls: false,
    smallestClaim: 0.1,
  },
  standard: {
    budgetSeconds: 285,
    blocks: 12,
    warmupSeconds: 0.7,
    durationSeconds: 3,
    shortestDurationSeconds: 0.9,
    sweep: { connections: [1, 4, 16], warmupSeconds: 0.2, windowSeconds: 0.5 },
    ...thorough,
  },
  rigorous: {
    budgetSeconds: 2600,
    blocks: 30,
    warmupSeconds: 3,
    durationSeconds: 6,
    shortestDurationSeconds: 4,
    sweep: { connections: [1, 4, 16], warmupSeconds: 0.3, windowSeconds: 1.5 },
    ...thorough,
  },
} as const satisfies Record<string, Profile>;

/** Starting, checking, draining and stopping one server; measured on two cores, over the three models. */
const overheadSecondsPerTrial = 1.1;
/** Seconds that a pilot adds to a trial, without and with the windows for predictions. */
const pilotSeconds = { plain: 0.15, withPredictions: 1.6 };
/** Seconds between a window and the next warm-up: requests in flight are awaited, and connections are opened. */
const pauseSeconds = 0.05;

/** How long an open loop runs before its window, for its queue to reach the usual length; the server is warm by then. */
export function settleSeconds(durationSeconds: number): number {
  return Math.max(0.1, 0.1 * durationSeconds);
}

export function sweepSeconds({ connections, warmupSeconds, windowSeconds }: Sweep): number {
  return connections.length * (warmupSeconds + windowSeconds + pauseSeconds);
}

/** What one trial does. */
export interface TrialSteps {
  /** Whether it belongs to the first block, which finds out what later blocks and predictions need. */
  readonly isPilot: boolean;
  /** Its open loops, after its closed loop. */
  readonly rates: readonly RateKind[];
  readonly sweep: Sweep | null;
}

/** How long a trial takes by the plan. */
export function trialSeconds(
  { isPilot, rates, sweep }: TrialSteps,
  timing: Pick<Profile, 'warmupSeconds' | 'durationSeconds' | 'predictions'>,
): number {
  const { warmupSeconds, durationSeconds, predictions } = timing;
  const pilot = predictions ? pilotSeconds.withPredictions : pilotSeconds.plain;
  return (
    overheadSecondsPerTrial +
    warmupSeconds +
    durationSeconds +
    rates.length * (settleSeconds(durationSeconds) + durationSeconds) +
    (isPilot ? pilot : 0) +
    (sweep ? sweepSeconds(sweep) : 0)
  );
}

/** The fewest blocks that verdicts should rest on; more are planned once windows have their full length. */
const fewestBlocks = { withControls: 6, without: 3 };
const durationStepsPerSecond = 20;

/** Time that a run needs in addition to its trials' usual steps. */
export interface ExtraSeconds {
  readonly once: number;
  readonly perBlock: number;
}

/**
 * Fits a profile into its budget. A trial is one observation however long it takes, so windows shrink before
 * blocks are dropped. If fewer than three blocks would fit, open loops are left out: they need a block of their own to
 * find their rates. Warm-up is never cut: numbers of a cold server are wrong, while fewer blocks are only less precise.
 *
 * @param trials servers × workloads, without controls
 * @param chosenBlocks the number of blocks that the user wants, however long they take: nothing is left out then
 */
export function fitToBudget(
  profile: Profile,
  trials: number,
  extra: ExtraSeconds,
  chosenBlocks?: number,
): Timing {
  if (chosenBlocks !== undefined) {
    const { warmupSeconds, durationSeconds, rates } = profile;
    return { blocks: chosenBlocks, warmupSeconds, durationSeconds, rates };
  }
  const withOpenLoops = fitBlocks(profile, trials, extra);
  return withOpenLoops.blocks >= 3
    ? withOpenLoops
    : fitBlocks({ ...profile, rates: [] }, trials, extra);
}

function fitBlocks(profile: Profile, trials: number, extra: ExtraSeconds): Timing {
  const { rates, warmupSeconds, durationSeconds: longest, shortestDurationSeconds } = profile;
  const control = profile.controls ? 1 : 0;
  const fits = (blocks: number, durationSeconds: number) => {
    const secondsOf = (steps: Omit<TrialSteps, 'sweep'>) =>
      trialSeconds({ ...steps, sweep: null }, { ...profile, durationSeconds });
    // The first block has no open loops yet.
    const first =
      trials * secondsOf({ isPilot: true, rates: [] }) +
      control * secondsOf({ isPilot: false, rates: [] });
    const later = (trials + control) * secondsOf({ isPilot: false, rates });
    const seconds = extra.once + blocks * extra.perBlock + first + (blocks - 1) * later;
    return seconds <= profile.budgetSeconds;
  };
  const mostBlocks = (durationSeconds: number) => {
    let blocks = 1;
    while (blocks < profile.blocks && fits(blocks + 1, durationSeconds)) blocks += 1;
    return blocks;
  };

  const fewest = profile.controls ? fewestBlocks.withControls : fewestBlocks.without;
  const atFullLength = mostBlocks(longest);
  const blocks =
    atFullLength >= fewest ? atFullLength : Math.min(fewest, mostBlocks(shortestDurationSeconds));
  let durationSeconds: number = longest;
  while (durationSeconds > shortestDurationSeconds && !fits(blocks, durationSeconds)) {
    durationSeconds =
      Math.round(durationSeconds * durationStepsPerSecond - 1) / durationStepsPerSecond;
  }
  return { blocks, warmupSeconds, durationSeconds, rates };
}
