import type { Pilot, RunDocument } from '../document/run-document.ts';
import type { Spread } from '../statistics/summary.ts';
import type { LoadCurve } from './load-curve.ts';

/** What a server uses: CPU time per request at some loads, and CPU and memory while it is idle. */
export interface Cost {
  /** At the lowest and the highest load that it kept up with, and the one nearest to their geometric mean; fewer where there are fewer. */
  readonly loads: readonly { readonly offeredPerSecond: number; readonly cpuMs: Spread }[];
  readonly idle: Pilot['idle'];
}

/** A window with fewer requests shows mostly what the server uses anyway. */
const fewestRequests = 20;

export function costOf(
  { pilots }: Pick<RunDocument, 'pilots'>,
  workload: string,
  { server, points }: LoadCurve,
): Cost {
  const known = points.flatMap(({ offeredPerSecond, cpuMs, windows }) =>
    cpuMs && windows.some(({ times }) => times.count >= fewestRequests)
      ? [{ offeredPerSecond, cpuMs }]
      : [],
  );
  const loads = known.map(({ offeredPerSecond }) => Math.log(offeredPerSecond));
  const middle = ((loads[0] ?? 0) + (loads.at(-1) ?? 0)) / 2;
  const distances = loads.map((load) => Math.abs(load - middle));
  const chosen = new Set([0, distances.indexOf(Math.min(...distances)), known.length - 1]);
  const pilot = pilots.find((one) => one.server === server && one.workload === workload);
  return { loads: known.filter((_, index) => chosen.has(index)), idle: pilot?.idle ?? null };
}
