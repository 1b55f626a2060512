import type { Distribution, PlannedServer } from '../document/run-document.ts';
import { pairedByBlock } from '../statistics/log-ratio.ts';
import { highestPercentile, type Percentile, percentileInWords } from '../verdicts/metric.ts';
import { type Component, componentOver, type Match, missing } from './component.ts';
import { proportionalWindow, usableTrials } from './windows.ts';

/**
 * How long the slowest take over the typical, near each server's own capacity. In a mix, each class for itself: between
 * requests that wait and others that compute, a median over all falls now among these, now among those.
 */
export function tailComponent(match: Match): Component {
  const { classes } = match.workload;
  const sides = classes.map(({ name }) => ({
    model: timesOf(match, match.model, name),
    original: timesOf(match, match.original, name),
  }));
  const counts = sides
    .flatMap(({ model, original }) => [...model.values(), ...original.values()])
    .map(({ count }) => count);
  const carried = highestPercentile(counts.length > 0 ? Math.min(...counts) : 0);
  const percentile = carried === 'p99' ? 'p99' : 'p95';
  const ofEach = classes.length > 1 ? ' of each class' : '';
  const quantity = `${percentileInWords(percentile)} over median response time${ofEach}`;
  const about = { kind: 'tail', quantity } as const;
  if (sides.some(({ model, original }) => model.size === 0 || original.size === 0)) {
    return missing(about, 'no open loop near the servers’ own capacity that may be used');
  }
  if (carried === 'p50' || carried === 'p90') {
    return missing(about, `a trial has ${Math.min(...counts)} requests, too few for a tail`);
  }
  const shapes = sides.map(({ model, original }) => ({
    model: shapesOf(model, percentile),
    original: shapesOf(original, percentile),
  }));
  const lacking = shapes.findIndex((one) => pairedByBlock(one.model, one.original).length === 0);
  if (lacking >= 0)
    return missing(about, `no block has both for ${classes[lacking]?.name} requests`);
  return componentOver(about, shapes);
}

function shapesOf(
  times: ReadonlyMap<number, Distribution>,
  percentile: Extract<Percentile, 'p95' | 'p99'>,
): Map<number, number> {
  return new Map(
    [...times].flatMap(([block, { p99Ms, p95Ms, p50Ms }]) => {
      const tailMs = percentile === 'p99' ? p99Ms : p95Ms;
      return tailMs && p50Ms ? [[block, tailMs / p50Ms] as const] : [];
    }),
  );
}

/** Of one class of requests, by block. */
function timesOf(
  { document, workload }: Match,
  { name }: PlannedServer,
  className: string,
): Map<number, Distribution> {
  return new Map(
    [...usableTrials(document, name, workload.name)].flatMap(([block, trial]) => {
      const classes = proportionalWindow(trial)?.classes ?? [];
      const times = classes.find((one) => one.name === className)?.responseTime;
      return times ? [[block, times] as const] : [];
    }),
  );
}
