import { areLimitedByConnections, lightMsOf } from '../closed-loop-limit.ts';
import type { Measurement, PlannedWorkload, Trial } from '../document/run-document.ts';
import type { Range } from '../format.ts';
import { usableWindow } from '../select.ts';
import { meanEstimate } from '../statistics/estimate.ts';
import { type ByBlock, geometricMeanOf, meanOf } from '../statistics/summary.ts';
import { intervalOf, type LoadLimit, type MeasuredLimit } from './load-limit.ts';
import { type LoadPoint, overloadedLoops, withoutDisturbed } from './load-points.ts';

/** The loads between which a server saturates, from its open loops. */
interface Bracket {
  /** The highest load that the server kept up with; null if there was none. */
  readonly kept: number | null;
  /** The lowest load that overloaded it in half of its blocks or more; null if there was none. */
  readonly overloaded: number | null;
  /** Whether it overloaded the server in each of enough blocks: in a single one, a burst may seem to. */
  readonly isSure: boolean;
}

const enoughBlocks = 3;
const blocksForInterval = 2;

function bracketOf(points: readonly LoadPoint[]): Bracket {
  const overloaded = points.find((one) => 2 * one.overloadedBlocks >= Math.max(1, one.blocks));
  const kept = points.findLast(
    (one) =>
      one.windows.length > 0 && (!overloaded || one.offeredPerSecond < overloaded.offeredPerSecond),
  );
  return {
    kept: kept?.offeredPerSecond ?? null,
    overloaded: overloaded?.offeredPerSecond ?? null,
    isSure:
      overloaded !== undefined &&
      overloaded.blocks >= enoughBlocks &&
      overloaded.overloadedBlocks === overloaded.blocks,
  };
}

/**
 * The load at which a server saturates: its throughput in the closed loop, block by block. Where the connections limited
 * the closed loop, or where lower loads overloaded the server, its throughput while it was overloaded, which lies between
 * the highest load that it kept up with and the lowest one that overloaded it.
 *
 * @param closedLoop by `closedLoopCapacity`
 */
export function saturationOf(
  trials: readonly Trial[],
  closedLoop: MeasuredLimit | null,
  points: readonly LoadPoint[],
): LoadLimit {
  const { kept, overloaded, isSure } = bracketOf(points);
  if (closedLoop && !(isSure && overloaded !== null && overloaded < closedLoop.perSecond))
    return closedLoop;
  if (overloaded !== null) {
    const served = limitFrom(throughputs(overloadedLoops(trials)));
    return served ? within(served, { low: kept ?? 0, high: overloaded }) : lessThan(overloaded);
  }
  const reached = Math.max(kept ?? 0, ...throughputs(closedLoops(trials)).values());
  return reached > 0
    ? { kind: 'at-least', perSecond: reached }
    : { kind: 'unknown', reason: 'no window that shows it may be used' };
}

/** The throughput of a server in its closed loops; null where there is none, or where connections limited it. */
export function closedLoopCapacity(
  trials: readonly Trial[],
  workload: Pick<PlannedWorkload, 'classes'>,
): MeasuredLimit | null {
  const closed = closedLoops(trials);
  const loops = closed.map(({ measurement }) => measurement);
  return areLimitedByConnections(loops, workload, lightMsOf(trials))
    ? null
    : limitFrom(throughputs(closed));
}

interface BlockWindow {
  readonly trial: Trial;
  readonly measurement: Measurement;
}

const closedLoops = (trials: readonly Trial[]): readonly BlockWindow[] =>
  withoutDisturbed(
    trials.flatMap((trial) => {
      const measurement = usableWindow(trial, 'closed');
      // In a window shorter than a request, nothing may have been answered: that is no throughput of 0.
      return measurement?.throughputPerSecond ? [{ trial, measurement }] : [];
    }),
    blocksForInterval,
  );

/** The mean of each block. */
const throughputs = (windows: readonly BlockWindow[]): ByBlock =>
  new Map(
    [...Map.groupBy(windows, ({ trial }) => trial.block)].map(([block, inBlock]) => [
      block,
      meanOf(inBlock.map(({ measurement }) => measurement.throughputPerSecond)),
    ]),
  );

function limitFrom(byBlock: ByBlock): MeasuredLimit | null {
  const values = [...byBlock.values()];
  if (values.length === 0) return null;
  const perSecond = geometricMeanOf(values);
  const error = values.length < blocksForInterval ? null : meanEstimate(values.map(Math.log));
  const interval = error && intervalOf(perSecond, error);
  return { kind: 'measured', perSecond, interval, error, blocks: values.length };
}

const lessThan = (perSecond: number): LoadLimit => ({ kind: 'less-than', perSecond });

/** The estimate and its interval, moved into what the open loops allow; that is the interval where the two do not meet. */
function within(limit: MeasuredLimit, { low, high }: Range): MeasuredLimit {
  const inside = (value: number) => Math.min(Math.max(value, low), high);
  const perSecond = inside(limit.perSecond);
  const { interval } = limit;
  if (interval && (interval.high <= low || interval.low >= high)) {
    return { ...limit, perSecond, interval: { low, high }, error: null };
  }
  return {
    ...limit,
    perSecond,
    interval: interval && { low: inside(interval.low), high: inside(interval.high) },
  };
}
