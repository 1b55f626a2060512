import { pooledSummary, type TimeSummary } from '../document/distribution.ts';
import type { Distribution, Measurement, Trial } from '../document/run-document.ts';
import { generatorStarved } from '../gates/generator-cpu.ts';
import { isDisturbed } from '../gates/noisy-host.ts';
import { highestPercentile, isShownByLoad, type Percentile } from '../percentile.ts';
import { cpuMsPerRequest, isUsable, timesOf } from '../select.ts';
import { meanOf, medianOf, type Spread, spreadOf, sumOf } from '../statistics/summary.ts';
import { voidingWarning } from '../verdicts/reading.ts';

/** Times of one block at a load. */
interface BlockTimes {
  readonly block: number;
  readonly times: Distribution;
}

/**
 * Response times of one server at one rate offered in open loops: a rate that other servers are offered too, or one
 * proportional to the server's own capacity.
 */
export interface LoadPoint {
  /** The median over blocks: a proportional rate follows what the server served in each block. */
  readonly offeredPerSecond: number;
  /** Blocks in which the rate was offered, without the windows left out. */
  readonly blocks: number;
  /** Blocks in which the rate overloaded the server; if there are any, the point has no times. */
  readonly overloadedBlocks: number;
  /** Windows that other programs disturbed, left out because the rate was also offered without a disturbance. */
  readonly disturbedWindows: number;
  /** Whether other programs disturbed all windows, so that none was left out. */
  readonly isDisturbed: boolean;
  /** The times of the windows that may be used. */
  readonly windows: readonly BlockTimes[];
  /** The times of all these windows together; null where there are none. */
  readonly times: TimeSummary | null;
  /**
   * Here and below, the `median` of a spread is the time of the requests of all blocks together; `low` and `high` are
   * those of single windows.
   */
  readonly p50: Spread | null;
  readonly mean: Spread | null;
  /** Null also where the load has too few requests for it. */
  readonly tail: Spread | null;
  /** CPU time of the server per request of any class; null where the platform does not report it. */
  readonly cpuMs: Spread | null;
}

/** A percentile above the median. */
export type Tail = Exclude<Percentile, 'p50'>;

/**
 * The percentile of load curves: that of the objective, where any load shows it; else the highest that the requests of
 * each server at each load support, all blocks together. Null where that is the median.
 */
export function tailOf(trials: readonly Trial[], objective?: Percentile): Tail | null {
  const counts = [...Map.groupBy(trials, ({ server }) => server).values()]
    .flatMap((ofServer) =>
      loadsOf(ofServer, Number.POSITIVE_INFINITY).map((windows) => offeredLoad(windows, null)),
    )
    .filter(({ usable }) => usable.length > 0)
    .map(({ usable }) => requestsIn(usable));
  const highest = counts.length > 0 ? highestPercentile(Math.min(...counts)) : 'p50';
  const isShown = objective && counts.some((count) => isShownByLoad(count, objective));
  const chosen = isShown ? objective : highest;
  return chosen === 'p50' ? null : chosen;
}

const requestsIn = (windows: readonly BlockTimes[]): number =>
  sumOf(windows.map(({ times }) => times.count));

/**
 * The rates offered to a server, lowest first, with the times of one class or of all requests. A rate that overloaded the
 * server in any block has no times: those of the other blocks would make it look better than it is.
 *
 * @param mostPerSecond what the server can take at most, where closed loops show it: any higher rate overloads it, also in
 * a window that was too short, or too disturbed, for its own warning
 */
export function loadPointsOf(
  trials: readonly Trial[],
  tail: Tail | null,
  className: string | null = null,
  mostPerSecond = Number.POSITIVE_INFINITY,
): LoadPoint[] {
  return loadsOf(trials, mostPerSecond).map((all) => {
    const { windows, overloaded, usable } = offeredLoad(all, className);
    const pooled = pooledSummary(usable.map(({ times }) => times));
    const time = (quantity: (times: TimeSummary) => number | null): Spread | null => {
      const median = pooled ? quantity(pooled) : null;
      if (median === null) return null;
      const each = usable.flatMap(({ block, times }) => {
        const value = quantity(times);
        return value === null ? [] : [{ block, value }];
      });
      const values = each.map(({ value }) => value);
      return {
        median,
        low: Math.min(median, ...values),
        high: Math.max(median, ...values),
        blocks: new Set(each.map(({ block }) => block)).size,
      };
    };
    return {
      offeredPerSecond: medianOf(
        windows.map(({ measurement }) => measurement.offeredPerSecond ?? 0),
      ),
      blocks: blocksIn(windows),
      overloadedBlocks: blocksIn(overloaded),
      disturbedWindows: all.length - windows.length,
      isDisturbed: windows.every(({ measurement }) => isDisturbed(measurement)),
      windows: usable,
      times: pooled,
      p50: time(({ p50Ms }) => p50Ms),
      mean: time(({ meanMs }) => meanMs),
      tail:
        tail && pooled && isShownByLoad(pooled.count, tail)
          ? time((times) => times[`${tail}Ms`])
          : null,
      cpuMs: overloaded.length > 0 ? null : cpuMsIn(windows),
    };
  });
}

/** What the windows at one load show. */
function offeredLoad(all: readonly OpenWindow[], className: string | null) {
  const windows = withoutDisturbed(all);
  const overloaded = windows.filter(({ status }) => status === 'overloaded');
  const usable = windows
    .filter(({ status }) => overloaded.length === 0 && status === 'usable')
    .flatMap(({ trial: { block }, measurement }): BlockTimes[] => {
      const times = timesOf(measurement, className);
      return times ? [{ block, times }] : [];
    });
  return { windows, overloaded, usable };
}

function cpuMsIn(windows: readonly OpenWindow[]): Spread | null {
  const known = windows.flatMap(({ trial: { block }, measurement, status }) => {
    const ms = status === 'usable' ? cpuMsPerRequest(measurement) : null;
    return ms === null ? [] : [{ block, ms }];
  });
  const byBlock = [...Map.groupBy(known, ({ block }) => block)].map(
    ([block, inBlock]) => [block, meanOf(inBlock.map(({ ms }) => ms))] as const,
  );
  return spreadOf(new Map(byBlock));
}

/** A window of an open loop; `void` where its numbers may not be used for another reason than overload. */
export interface OpenWindow {
  readonly trial: Trial;
  readonly measurement: Measurement;
  readonly status: 'usable' | 'overloaded' | 'void';
}

/** The open loops with all classes of requests, those of the load curve included: one class alone is another load. */
const openWindowsOf = (
  trials: readonly Trial[],
  mostPerSecond = Number.POSITIVE_INFINITY,
): OpenWindow[] =>
  trials.flatMap((trial) =>
    [...trial.measurements, ...trial.curve]
      .filter(({ loop, rate }) => loop === 'open' && rate !== 'alone')
      .map((measurement) => ({
        trial,
        measurement,
        status: statusOf(trial, measurement, mostPerSecond),
      })),
  );

/** The open loops that overloaded a server. */
export const overloadedLoops = (trials: readonly Trial[]): readonly OpenWindow[] =>
  withoutDisturbed(openWindowsOf(trials).filter(({ status }) => status === 'overloaded'));

function statusOf(
  trial: Trial,
  measurement: Measurement,
  mostPerSecond: number,
): OpenWindow['status'] {
  if (isUsable(trial, measurement)) {
    const isTooMuch = (measurement.offeredPerSecond ?? 0) > mostPerSecond;
    if (isTooMuch) return 'overloaded';
    if (!fallsBehind(measurement)) return 'usable';
    // It may be the load generator that fell behind.
    return measurement.warnings.some(({ code }) => code === generatorStarved.code)
      ? 'void'
      : 'overloaded';
  }
  const warning = voidingWarning([...trial.warnings, ...measurement.warnings]);
  return warning?.code === 'overloaded' ? 'overloaded' : 'void';
}

/** A server keeps up with a load if at most this share of the requests sent are added to those in flight. */
const mostAdded = 0.1;
/** By chance, a queue gets longer by a few times the square root of the requests sent. */
const chanceInRoots = 5;

/**
 * Whether more and more requests were in flight. The window of a load curve may be too short for the warning `overloaded`,
 * which must not be raised by a single pause of the server.
 */
function fallsBehind({ intervals }: Measurement): boolean {
  const [first, ...later] = intervals;
  const last = later.at(-1);
  if (!first || !last) return false;
  const sent = sumOf(later.map((interval) => interval.sent));
  const added = last.inFlight - first.inFlight;
  return added > mostAdded * sent && added > chanceInRoots * Math.sqrt(sent);
}

const blocksIn = (windows: readonly Pick<OpenWindow, 'trial'>[]) =>
  new Set(windows.map(({ trial }) => trial.block)).size;

/** Rates that differ by no more than this share are one load. */
const sameLoad = 0.02;
/** Proportional rates that differ more between blocks are no one load. */
const mostProportionalSpread = 0.1;

/** The open loops of trials by load, the lowest first. */
function loadsOf(trials: readonly Trial[], mostPerSecond: number): OpenWindow[][] {
  const windows = openWindowsOf(trials, mostPerSecond).toSorted((a, b) => rateOf(a) - rateOf(b));
  const [proportional, fixed] = [true, false].map((is) =>
    windows.filter(({ measurement }) => (measurement.rate === 'proportional') === is),
  );
  const loads: OpenWindow[][] = [];
  for (const window of fixed ?? []) {
    const [lowest] = loads.at(-1) ?? [];
    if (lowest && rateOf(window) <= (1 + sameLoad) * rateOf(lowest)) loads.at(-1)?.push(window);
    else loads.push([window]);
  }
  const [slowest, fastest] = [proportional?.[0], proportional?.at(-1)];
  const isOneLoad =
    slowest && fastest && rateOf(fastest) <= (1 + mostProportionalSpread) * rateOf(slowest);
  return [...loads, ...(isOneLoad ? [proportional ?? []] : [])].toSorted(
    (a, b) => medianOf(a.map(rateOf)) - medianOf(b.map(rateOf)),
  );
}

const rateOf = ({ measurement }: OpenWindow): number => measurement.offeredPerSecond ?? 0;

/**
 * The windows that no other program disturbed; all of them where these are of fewer blocks than needed.
 *
 * @param neededBlocks two where the spread between blocks makes the interval
 */
export function withoutDisturbed<
  Window extends { readonly trial: Trial; readonly measurement: Measurement },
>(windows: readonly Window[], neededBlocks = 1): readonly Window[] {
  const quiet = windows.filter(({ measurement }) => !isDisturbed(measurement));
  return blocksIn(quiet) >= neededBlocks ? quiet : windows;
}
