type RateKind = 'common' | 'own';

/** How a run spends its time. */
export interface Timing {
  /** The most blocks that fit; a run may stop earlier, when its intervals are narrow enough. */
  readonly blocks: number;
  readonly warmupSeconds: number;
  /** The length of each measured window. */
  readonly durationSeconds: number;
  /** The open-loop rates that each trial measures after its closed loop; none when there is no time for them. */
  readonly rates: readonly RateKind[];
}

export interface Profile extends Timing {
  /** The time that the whole run may take. */
  readonly budgetSeconds: number;
  readonly shortestDurationSeconds: number;
  /** Whether pilots also learn what single requests cost, for predictions. */
  readonly predictions: boolean;
  /** Whether each block repeats one server as a control, for the A/A floor. */
  readonly controls: boolean;
  /** Differences below this fraction are not claimed. */
  readonly smallestClaim: number;
}

/** What `--quick`, nothing, and `--rigorous` ask for when there is time for it. */
export const profiles = {
  quick: {
    budgetSeconds: 52,
    blocks: 3,
    warmupSeconds: 0.3,
    durationSeconds: 2,
    shortestDurationSeconds: 0.35,
    rates: ['common'],
    predictions: false,
    controls: false,
    smallestClaim: 0.1,
  },
  standard: {
    budgetSeconds: 285,
    blocks: 12,
    warmupSeconds: 0.8,
    durationSeconds: 3,
    shortestDurationSeconds: 0.9,
    rates: ['common', 'own'],
    predictions: true,
    controls: true,
    smallestClaim: 0,
  },
  rigorous: {
    budgetSeconds: 2600,
    blocks: 30,
    warmupSeconds: 3,
    durationSeconds: 10,
    shortestDurationSeconds: 5,
    rates: ['common', 'own'],
    predictions: true,
    controls: true,
    smallestClaim: 0,
  },
} as const satisfies Record<string, Profile>;

/** Starting, checking, draining and stopping one server. */
const overheadSecondsPerTrial = 0.5;
/** A pilot's windows and traced requests, without and with windows of single requests. */
const pilotWindowSeconds = { plain: 0.4, withPredictions: 1 };

/** The fewest blocks that verdicts should stand on; more are planned once windows have their full length. */
const fewestBlocks = { withControls: 6, without: 3 };

/**
 * Fits a profile into its budget. A trial is one observation however long it takes, so windows shrink before
 * blocks are dropped. When fewer than two blocks would fit, open loops and their pilots go. Warm-up is never
 * cut: a cold server's numbers are wrong, while fewer blocks are only less sure.
 *
 * @param cells servers × workloads: the trials of one block
 */
export function fitToBudget(profile: Profile, cells: number): Timing {
  const withOpenLoops = fitWindows(profile, cells, profile.rates);
  return withOpenLoops.blocks >= 2 ? withOpenLoops : fitWindows(profile, cells, []);
}

function fitWindows(profile: Profile, cells: number, rates: readonly RateKind[]): Timing {
  const trialsPerBlock = cells + (profile.controls ? 1 : 0);
  const fixedSeconds = overheadSecondsPerTrial + profile.warmupSeconds;
  const pilotSeconds =
    fixedSeconds +
    (profile.predictions ? pilotWindowSeconds.withPredictions : pilotWindowSeconds.plain);
  const seconds = profile.budgetSeconds - (rates.length > 0 ? cells * pilotSeconds : 0);
  const windows = 1 + rates.length;

  const affordableBlocks = (durationSeconds: number) =>
    Math.floor(seconds / (trialsPerBlock * (fixedSeconds + windows * durationSeconds)));
  const fewest = profile.controls ? fewestBlocks.withControls : fewestBlocks.without;
  const atFullLength = affordableBlocks(profile.durationSeconds);
  const blocks = Math.max(
    1,
    atFullLength >= fewest
      ? Math.min(profile.blocks, atFullLength)
      : Math.min(fewest, affordableBlocks(profile.shortestDurationSeconds)),
  );
  const windowSeconds = (seconds / (blocks * trialsPerBlock) - fixedSeconds) / windows;
  const durationSeconds = Math.min(
    profile.durationSeconds,
    Math.max(profile.shortestDurationSeconds, Math.floor(windowSeconds * 20) / 20),
  );
  return { blocks, warmupSeconds: profile.warmupSeconds, durationSeconds, rates };
}
