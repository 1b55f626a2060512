import type { PlannedServer, Trial } from '../document/run-document.ts';
import { fewestRequests, highestPercentile } from '../percentile.ts';
import {
  byBlock,
  classOf,
  timesOf,
  trialsOf,
  usableClosedLoops,
  usableTimes,
  usableWindow,
  valuesByBlock,
} from '../select.ts';
import { pairedByBlock } from '../statistics/log-ratio.ts';
import { type Component, type Condition, componentOver, type Match, missing } from './fidelity.ts';

/**
 * Compares how many times longer a request of the first class takes beside the others, with each server near its own
 * capacity, than alone. Null where a workload has one class.
 */
export function interferenceComponent(match: Match): Component | null {
  const { name: className } = match.workload.classes[0] ?? {};
  if (className === undefined || match.workload.classes.length < 2) return null;
  const slowdowns = (server: PlannedServer) =>
    byBlock(trialsIn(match, server), (trial) => slowdownIn(trial, className));
  return componentOver(
    { kind: 'interference', quantity: `slowdown of ${className} requests beside the others` },
    [{ model: slowdowns(match.model), reference: slowdowns(match.reference) }],
  );
}

/** Mean response time near capacity over that of a request alone: with one connection, none other is in flight. */
function slowdownIn(trial: Trial, className: string): number | null {
  const single = usableClosedLoops(trial).find(({ connections }) => connections === 1);
  const aloneMs = single && classOf(single, className)?.serviceTime.meanMs;
  const window = usableWindow(trial, 'proportional');
  const loaded = window && classOf(window, className);
  const loadedMs = loaded?.responseTime?.meanMs;
  if (!aloneMs || !loadedMs || loaded.requests.sent < fewestRequests) return null;
  return loadedMs / aloneMs;
}

/**
 * Compares a high percentile over the median, near each server's own capacity. Each class by itself: over requests that
 * wait and others that compute, the median falls on the one or the other by chance.
 */
export function tailComponent(match: Match): Component {
  const { classes } = match.workload;
  const counts = classes.map(({ name }) =>
    [match.model, match.reference].map((server) =>
      usableTimes(trialsIn(match, server), 'proportional', name).map(({ count }) => count),
    ),
  );
  const fewest = Math.min(...counts.flat(2));
  const highest = highestPercentile(fewest);
  const percentile = highest === 'p99' ? 'p99' : 'p95';
  const ofEach = classes.length > 1 ? ' of each class' : '';
  const about = {
    kind: 'tail',
    quantity: `${percentile} over median response time${ofEach}`,
  } as const;
  if (counts.flat().some((ofServer) => ofServer.length === 0)) {
    return missing(about, 'no usable open loop near the servers’ own capacity');
  }
  if (highest !== percentile) {
    return missing(about, `a trial has ${fewest} requests, too few for ${percentile}`);
  }
  const conditions = classes.map(({ name }): Condition => {
    const tails = (server: PlannedServer) =>
      valuesByBlock(trialsIn(match, server), 'proportional', (measurement) => {
        const times = timesOf(measurement, name);
        const tailMs = times?.[`${percentile}Ms`];
        return tailMs && times?.p50Ms ? tailMs / times.p50Ms : null;
      });
    return { model: tails(match.model), reference: tails(match.reference) };
  });
  const lacking = conditions.findIndex(
    (one) => pairedByBlock(one.model, one.reference).length === 0,
  );
  return lacking < 0
    ? componentOver(about, conditions)
    : missing(about, `no block has both for ${classes[lacking]?.name} requests`);
}

const trialsIn = ({ document, workload }: Match, { name }: PlannedServer): Trial[] =>
  trialsOf(document, { server: name, workload: workload.name });
