import { windowSchema } from '../../results/document/run-document.ts';
import type { WindowName } from '../../results/select.ts';
import { hasSeveralClasses, mainWindow } from '../../results/verdicts/main-window.ts';
import type { Timing } from './budget.ts';

/** A window of a plan: which one, and how long. */
export interface PlannedWindow {
  readonly window: WindowName;
  readonly seconds: number;
}

/** What decides which windows a workload has, and how long. */
export interface WorkloadWithWindows {
  readonly classes: readonly unknown[];
  readonly connections?: number;
  /** Windows that assertions are about; absent where there are none. */
  readonly assertedWindows?: readonly WindowName[];
  /** The windows of the run of `--like`, in seconds. */
  readonly likeSeconds?: ReadonlyMap<WindowName, number>;
}

const furtherShare = 0.5;
/** From window to window, a percentile of response times varies several times as much as throughput does. */
const responseTimeFactor = 2;

/** Models and references cannot be compared without it. */
export const isProportional = (window: WindowName): boolean => window === 'proportional';

/**
 * The windows in which a block measures each server under a workload, in order. After the first blocks, only windows by
 * which servers are compared are left, and those that assertions are about. The first block always has a closed loop, as
 * long as the main window, since the shared rate of all blocks follows from it; so does any block with a rate proportional
 * to the capacity. A workload with connections of its own is about these connections, and has its main window only.
 */
export function windowsOf(
  workload: WorkloadWithWindows,
  {
    durationSeconds,
    furtherWindows,
    furtherBlocks,
  }: Pick<Timing, 'durationSeconds' | 'furtherWindows' | 'furtherBlocks'>,
  block: number,
): PlannedWindow[] {
  const main = mainWindow(workload);
  if (workload.connections) {
    return [{ window: main, seconds: workload.likeSeconds?.get(main) ?? durationSeconds }];
  }
  const further = furtherWindows
    .filter((name) => name !== 'alone' || hasSeveralClasses(workload))
    .filter((name) => block < furtherBlocks || isProportional(name));
  const needsCapacity = block === 0 || further.includes('proportional');
  const capacity = needsCapacity ? (['closed'] as const) : [];
  const shareIn = (window: WindowName) =>
    shareOf(window === 'closed' && block === 0 ? main : window, main);
  const wanted = new Set([main, ...further, ...(workload.assertedWindows ?? []), ...capacity]);
  return windowSchema.options
    .filter((window) => wanted.has(window))
    .map((window) => ({
      window,
      seconds: workload.likeSeconds?.get(window) ?? durationSeconds * shareIn(window),
    }));
}

function shareOf(window: WindowName, main: WindowName): number {
  if (window !== main) return furtherShare;
  return window === 'closed' ? 1 : responseTimeFactor;
}

/** An open loop is longer at light loads, to have so many requests; but not more than this factor. */
const wantedRequests = 100;
export const mostFactor = 2;

/** How long an open loop is measured, by its usual length. */
export const openSeconds = (perSecond: number, usualSeconds: number, factor = mostFactor): number =>
  Math.min(factor * usualSeconds, Math.max(usualSeconds, wantedRequests / perSecond));

/** The usual length of an open loop that was measured for some seconds: what `openSeconds` makes the same length of. */
export const usualSeconds = (perSecond: number, measuredSeconds: number): number =>
  perSecond * measuredSeconds < 0.99 * wantedRequests
    ? measuredSeconds / mostFactor
    : measuredSeconds;

/** The growth of a queue shows in six tenths of a second. */
const shortestCurveSeconds = 0.6;

/** A p95 needs a hundred requests; at 75 % of what Flask can compute on two cores, 49 requests/s, these take 2 s. */
const mostCurveFactor = 4;

/** How long each server is measured at a load of its curve. */
export const curveSeconds = (perSecond: number, durationSeconds: number): number =>
  openSeconds(
    perSecond,
    Math.max(shortestCurveSeconds, furtherShare * durationSeconds),
    mostCurveFactor,
  );

/** How long an open loop runs before its window, for its queue to reach the usual length; the server is warm by then. */
export function settleSeconds(windowSeconds: number): number {
  return Math.max(0.1, 0.1 * windowSeconds);
}
