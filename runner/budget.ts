/** How a run spends its time, all in seconds. */
export interface Timing {
  readonly blocks: number;
  readonly warmupSeconds: number;
  readonly durationSeconds: number;
}

interface Profile extends Timing {
  /** The time that the whole run may take. */
  readonly budgetSeconds: number;
  readonly shortestDurationSeconds: number;
}

/** Starting, checking, draining and stopping one server, with a margin. */
const overheadSecondsPerTrial = 0.8;

/** What `--quick`, nothing, and `--rigorous` ask for when there is time for it. */
export const profiles = {
  quick: {
    budgetSeconds: 52,
    blocks: 3,
    warmupSeconds: 0.4,
    durationSeconds: 2,
    shortestDurationSeconds: 0.6,
  },
  standard: {
    budgetSeconds: 285,
    blocks: 6,
    warmupSeconds: 1,
    durationSeconds: 5,
    shortestDurationSeconds: 1.5,
  },
} as const satisfies Record<string, Profile>;

/**
 * Fits a profile into its budget: first the window shrinks to its shortest, then blocks are dropped down to
 * one. Warm-up is never cut: a cold server's numbers are wrong, while fewer blocks are only less sure.
 *
 * @param cells servers × workloads: the trials of one block
 */
export function fitToBudget(profile: Profile, cells: number): Timing {
  const fixedSeconds = profile.warmupSeconds + overheadSecondsPerTrial;
  const affordableTrials = profile.budgetSeconds / (fixedSeconds + profile.shortestDurationSeconds);
  const blocks = Math.max(1, Math.min(profile.blocks, Math.floor(affordableTrials / cells)));
  const secondsPerTrial = profile.budgetSeconds / (blocks * cells) - fixedSeconds;
  const durationSeconds = Math.min(
    profile.durationSeconds,
    Math.max(profile.shortestDurationSeconds, Math.floor(secondsPerTrial * 10) / 10),
  );
  return { blocks, warmupSeconds: profile.warmupSeconds, durationSeconds };
}
