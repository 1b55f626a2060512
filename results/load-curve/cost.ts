import type { Pilot, RunDocument } from '../document/run-document.ts';
import type { Spread } from '../statistics/summary.ts';
import type { LoadCurve } from './load-curve.ts';

/** What a server uses: CPU time per request at some loads, and CPU and memory while it is idle. */
export interface Cost {
  /** At the lowest, the middle and the highest load that it kept up with; fewer where there are fewer loads. */
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
  const chosen = new Set([0, Math.floor((known.length - 1) / 2), known.length - 1]);
  const pilot = pilots.find((one) => one.server === server && one.workload === workload);
  return { loads: known.filter((_, index) => chosen.has(index)), idle: pilot?.idle ?? null };
}
