import type { Distribution, PlannedServer } from '../run-document.ts';
import { percentileInWords, percentileOf } from '../verdicts/percentile.ts';
import { type Component, componentFrom, type Match, missing } from './component.ts';
import { ownRateWindow, usableTrials } from './windows.ts';

/** How long the slowest take over the typical, near each server's own capacity. */
export function tailComponent(match: Match): Component {
  const [ofModel, ofOriginal] = [match.model, match.original].map((one) => timesOf(match, one));
  const counts = [...(ofModel?.values() ?? []), ...(ofOriginal?.values() ?? [])].map(
    ({ count }) => count,
  );
  const carried = percentileOf(counts.length > 0 ? Math.min(...counts) : 0);
  const percentile = carried === 'p99' ? 'p99' : 'p95';
  const quantity = `${percentileInWords(percentile)} over median response time`;
  const about = { kind: 'tail', quantity } as const;
  if (!ofModel?.size || !ofOriginal?.size) {
    return missing(about, 'no open loop near the servers’ own capacity that may be used');
  }
  if (carried === 'p50' || carried === 'p90') {
    return missing(about, `a trial has ${Math.min(...counts)} requests, too few for a tail`);
  }
  const shapes = (times: ReadonlyMap<number, Distribution>) =>
    new Map(
      [...times].flatMap(([block, { p99Ms, p95Ms, p50Ms }]) => {
        const tailMs = percentile === 'p99' ? p99Ms : p95Ms;
        return tailMs && p50Ms ? [[block, tailMs / p50Ms] as const] : [];
      }),
    );
  return componentFrom(about, shapes(ofModel), shapes(ofOriginal));
}

function timesOf(
  { document, workload }: Match,
  { name }: PlannedServer,
): Map<number, Distribution> {
  return new Map(
    [...usableTrials(document, name, workload.name)].flatMap(([block, trial]) => {
      const times = ownRateWindow(trial)?.responseTime;
      return times ? [[block, times] as const] : [];
    }),
  );
}
