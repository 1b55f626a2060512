type RateKind = 'shared' | 'proportional';

/** Closed loops at fewer connections than the plan's, which show how throughput grows with them. */
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
  /** The open-loop rates that each trial measures after its closed loop; none when there is no time for them. */
  readonly rates: readonly RateKind[];
  /** What models and their originals do besides; null where none is held against the other. */
  readonly sweep: Sweep | null;
}

export interface Profile extends Timing {
  readonly sweep: Sweep;
  /** The time that the whole run may take. */
  readonly budgetSeconds: number;
  readonly shortestDurationSeconds: number;
  /** Whether the first block also learns what single requests cost, for predictions. */
  readonly predictions: boolean;
  /** Whether each block repeats one server as a control, for the A/A floor. */
  readonly controls: boolean;
  /** Differences below this fraction are not claimed. */
  readonly smallestClaim: number;
}

/** What a run with more time than `--quick` has sees and claims besides. */
const thorough = {
  rates: ['shared', 'proportional'],
  predictions: true,
  controls: true,
  smallestClaim: 0,
} as const satisfies Partial<Profile>;

/** What `--quick`, nothing, and `--rigorous` ask for when there is time for it. */
export const profiles = {
  quick: {
    budgetSeconds: 57,
    blocks: 3,
    warmupSeconds: 0.3,
    durationSeconds: 2,
    shortestDurationSeconds: 0.35,
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

/** Starting, checking, draining and stopping one server: as seen on two cores, over the three models. */
export const overheadSecondsPerTrial = 1.1;
/** What the first block's trials do beside measuring: traced requests, and windows of single requests and for memory. */
export const firstLookSeconds = { plain: 0.15, withPredictions: 1.6 };

/** Starting a server once more, and bringing one request of it to its cost: as seen on two cores. */
const calibrationSeconds = 8;

/** Between a warm-up and the next: connections are opened, requests in flight are awaited. */
const pauseSeconds = 0.05;

/** Of its window. */
const settleShare = 0.1;
const shortestSettleSeconds = 0.1;

/** @returns how long an open loop runs before its window, for the queue to reach its usual length: the server is warm by then */
export function settleSeconds(durationSeconds: number): number {
  return Math.max(shortestSettleSeconds, durationSeconds * settleShare);
}

/** @returns how long all steps of a sweep take */
export function sweepSeconds({ connections, warmupSeconds, windowSeconds }: Sweep): number {
  return connections.length * (warmupSeconds + windowSeconds + pauseSeconds);
}

/** The fewest blocks that verdicts should stand on; more are planned once windows have their full length. */
const fewestBlocks = { withControls: 6, without: 3 };

/** What a block consists of. */
export interface Cells {
  /** Servers × workloads: the trials of one block. */
  readonly all: number;
  /** Those of them in which a model or its original is swept. */
  readonly swept: number;
  /** Servers × requests that are made to cost the same before the first block. */
  readonly calibrated: number;
}

/**
 * Fits a profile into its budget. A trial is one observation however long it takes, so windows shrink before
 * blocks are dropped. When fewer than three blocks would fit, open loops go: they need a block of their own to
 * learn their rates in. Warm-up is never cut: a cold server's numbers are wrong, while fewer blocks are only
 * less sure. A model and its original are compared near their own capacity too.
 *
 * @param chosenBlocks how many the user wants, however long they take: then nothing is left out
 */
export function fitToBudget(profile: Profile, cells: Cells, chosenBlocks?: number): Timing {
  const wanted: readonly RateKind[] = cells.swept > 0 ? ['shared', 'proportional'] : profile.rates;
  const withOpenLoops = fitWindows(profile, cells, wanted);
  if (chosenBlocks !== undefined) {
    const { durationSeconds } = profile;
    return { ...withOpenLoops, blocks: chosenBlocks, durationSeconds };
  }
  return withOpenLoops.blocks >= 3 ? withOpenLoops : fitWindows(profile, cells, []);
}

function fitWindows(
  profile: Profile,
  { all, swept, calibrated }: Cells,
  rates: readonly RateKind[],
): Timing {
  const trialsPerBlock = all + (profile.controls ? 1 : 0);
  const { sweep, warmupSeconds } = profile;
  const fixedSecondsPerBlock =
    trialsPerBlock * (overheadSecondsPerTrial + warmupSeconds) + swept * sweepSeconds(sweep);
  const { plain, withPredictions } = firstLookSeconds;
  const seconds =
    profile.budgetSeconds -
    all * (profile.predictions ? withPredictions : plain) -
    calibrated * calibrationSeconds;
  /** The first block has no open loops yet. */
  const openLoops = (blocks: number) => trialsPerBlock * (blocks - 1) * rates.length;
  const windows = (blocks: number) => trialsPerBlock * blocks + openLoops(blocks);
  const windowSeconds = (blocks: number) => {
    const left = seconds - blocks * fixedSecondsPerBlock;
    const settled = left / (windows(blocks) + openLoops(blocks) * settleShare);
    const settling = openLoops(blocks) * settleSeconds(settled);
    return (left - settling) / windows(blocks);
  };
  const mostBlocks = (durationSeconds: number) => {
    let blocks = 1;
    while (blocks < profile.blocks && windowSeconds(blocks + 1) >= durationSeconds) blocks += 1;
    return blocks;
  };

  const fewest = profile.controls ? fewestBlocks.withControls : fewestBlocks.without;
  const atFullLength = mostBlocks(profile.durationSeconds);
  const blocks =
    atFullLength >= fewest
      ? atFullLength
      : Math.min(fewest, mostBlocks(profile.shortestDurationSeconds));
  const durationSeconds = Math.min(
    profile.durationSeconds,
    Math.max(profile.shortestDurationSeconds, Math.floor(windowSeconds(blocks) * 20) / 20),
  );
  return { blocks, warmupSeconds, durationSeconds, rates, sweep: swept > 0 ? sweep : null };
}
