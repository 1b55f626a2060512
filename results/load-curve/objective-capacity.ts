import { pooledSummary } from '../document/distribution.ts';
import type { Objective } from '../document/run-document.ts';
import type { Percentile } from '../percentile.ts';
import { crossing, crossingError, type Reading } from './crossing.ts';
import { intervalOf, type LoadLimit, type MeasuredLimit } from './load-limit.ts';
import type { LoadPoint } from './load-points.ts';

const shares: Readonly<Record<Percentile, number>> = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  p999: 0.999,
};

/** A load shows a percentile if so many of its requests lie beyond it, all blocks together. */
const fewestBeyond = 5;

/**
 * The highest load at which a percentile stays below a limit.
 *
 * @param points of the class that the objective is about, lowest load first
 * @param saturation of the server; null where it is not known
 */
export function objectiveCapacity(
  { percentile, belowMs }: Objective,
  points: readonly LoadPoint[],
  saturation: MeasuredLimit | null,
): LoadLimit {
  const all = points.flatMap((point) => readingOf(point, percentile) ?? []);
  const tooMuch = all.find(({ ms }) => ms === Number.POSITIVE_INFINITY);
  const readings = tooMuch ? all.slice(0, all.indexOf(tooMuch)) : all;
  const [lowest, highest] = [all[0], readings.at(-1)];
  if (!lowest) {
    return { kind: 'unknown', reason: `no load had the requests that ${percentile} needs` };
  }
  if (!highest) return { kind: 'less-than', perSecond: lowest.perSecond };

  const limitFrom = (some: readonly Reading[], saturated: number) =>
    crossing(some, belowMs, saturated);
  const perSecond = limitFrom(readings, saturation?.perSecond ?? Number.POSITIVE_INFINITY);
  if (perSecond <= lowest.perSecond) {
    return { kind: lowest.ms < belowMs ? 'at-least' : 'less-than', perSecond: lowest.perSecond };
  }
  const isBeyond = perSecond >= (tooMuch ?? highest).perSecond;
  if (isBeyond || readings.length < 2) return { kind: 'at-least', perSecond: highest.perSecond };
  const error = crossingError(readings, saturation, limitFrom);
  const interval = error && intervalOf(perSecond, error);
  const most = tooMuch?.perSecond ?? Number.POSITIVE_INFINITY;
  const highestPossible = Math.min(most, saturation?.interval?.high ?? most);
  return {
    kind: 'measured',
    perSecond,
    error,
    interval: interval && { ...interval, high: Math.min(interval.high, highestPossible) },
    blocks: Math.max(...readings.map(({ blocks }) => blocks.length)),
  };
}

/** Null where the load has too few requests. */
function readingOf(
  { offeredPerSecond: perSecond, overloadedBlocks, windows, times }: LoadPoint,
  percentile: Percentile,
): Reading | null {
  if (overloadedBlocks > 0) {
    return { perSecond, ms: Number.POSITIVE_INFINITY, requests: 0, blocks: [] };
  }
  const share = shares[percentile];
  if (!times || times.count * (1 - share) < fewestBeyond) return null;
  const blocks = [...Map.groupBy(windows, ({ block }) => block).values()].flatMap((inBlock) => {
    const inAll = pooledSummary(inBlock.map((one) => one.times));
    const ms = inAll?.[`${percentile}Ms`] ?? null;
    return inAll && ms !== null ? [{ ms, requests: inAll.count }] : [];
  });
  return {
    perSecond,
    ms: times[`${percentile}Ms`] ?? Number.POSITIVE_INFINITY,
    requests: times.count,
    blocks,
  };
}
