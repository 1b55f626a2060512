import type { CalibratedRequest } from '../../results/document/run-document.ts';
import { meanEstimate } from '../../results/statistics/estimate.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import type { Server } from '../../servers/server.ts';
import { messageOf, RunError } from '../errors.ts';
import type { Target } from '../run/attach.ts';
import type { CalibratableWorkload } from './calibratable.ts';
import { calibrateTimes } from './calibrate-times.ts';
import { measureIsolatedCpuCost } from './isolated-cpu-cost.ts';

/** What a server was found to cost; the rest of a settled demand is its name and the workload's. */
export type Settled = Pick<
  CalibratedRequest,
  'parameters' | 'path' | 'targetCpuSeconds' | 'cpuSeconds' | 'reason'
>;

/** Further from the target than this, a document says so. */
const demandTolerance = 0.03;

interface Asked {
  readonly server: Pick<Server, 'name'>;
  readonly running: Pick<Target, 'url' | 'pid'>;
}

/** Seconds of CPU time that a request costs a server now. */
type CostOf = (asked: Asked, path: string) => Promise<number>;

/** Verified more closely than it may be wrong by. */
const closeEnough = 0.015;
/** A few requests, so that what slows the machine down for some of them meets both sides. */
const readingSeconds = 0.005;
const glanceSeconds = 0.15;
/** At most: a quiet machine tells sooner. */
const verifySeconds = 1;
const fewestTurns = 2;
/** That few turns agree may be chance. */
const fewestToAgree = 4;
/** Of the mean of the turns' ratios; then more turns would change nothing that matters. */
const smallStandardError = 0.004;
const mostCorrections = 3;

/**
 * Finds the parameters with which a request alone costs a server what one costs the server that sets the target. The
 * two are measured by turns, now the one first, now the other, and the median of their ratios counts: a machine that is
 * slower for a while is so for whole turns, or spoils a few.
 *
 * @throws RunError that says which of the two could not be measured
 */
export async function calibrateDemand(
  session: Asked,
  standard: Asked,
  demanding: CalibratableWorkload,
  costOf: CostOf = costOfEach,
): Promise<Settled> {
  const compare = (times: number, seconds: number) =>
    compareCosts(
      () => costOf(session, demanding.requestFor(times).path),
      () => costOfTarget(standard, demanding.asPlanned.path, costOf),
      seconds,
    );
  const { times: found } = await calibrateTimes(
    async (times) => ratioOf(await compare(times, glanceSeconds)),
    demanding.mostTimes,
  );
  let verified = { times: found, costs: await compare(found, verifySeconds) };
  let best = verified;
  for (let corrected = 0; corrected < mostCorrections && verified.times > 1; corrected += 1) {
    if (distance(best) <= closeEnough) break;
    const wanted = Math.round(verified.times / ratioOf(verified.costs));
    const times = Math.max(2, Math.min(demanding.mostTimes, wanted));
    verified = { times, costs: await compare(times, verifySeconds) };
    if (distance(verified) < distance(best)) best = verified;
  }
  const { times, costs } = best;
  return {
    parameters: demanding.parametersFor(times),
    path: demanding.requestFor(times).path,
    ...costs,
    reason: problemOf(times, ratioOf(costs)),
  };
}

interface Costs {
  readonly targetCpuSeconds: number;
  readonly cpuSeconds: number;
}

const ratioOf = ({ targetCpuSeconds, cpuSeconds }: Costs) => cpuSeconds / targetCpuSeconds;
const distance = ({ costs }: { readonly costs: Costs }) => Math.abs(Math.log(ratioOf(costs)));

async function compareCosts(
  own: () => Promise<number>,
  theirs: () => Promise<number>,
  seconds: number,
): Promise<Costs> {
  const targets: number[] = [];
  const ratios: number[] = [];
  const beganMs = performance.now();
  const isKnown = () =>
    performance.now() - beganMs >= seconds * 1000 ||
    (ratios.length >= fewestToAgree && meanEstimate(ratios).standardError < smallStandardError);
  while (ratios.length < fewestTurns || !isKnown()) {
    const pair =
      ratios.length % 2 === 0
        ? { target: await theirs(), cost: await own() }
        : { cost: await own(), target: await theirs() };
    targets.push(pair.target);
    ratios.push(pair.cost / pair.target);
  }
  const targetCpuSeconds = medianOf(targets);
  return { targetCpuSeconds, cpuSeconds: targetCpuSeconds * medianOf(ratios) };
}

function costOfTarget(standard: Asked, path: string, costOf: CostOf): Promise<number> {
  return costOf(standard, path).catch((error: unknown) => {
    throw new RunError(
      `${standard.server.name}, which sets the target, could not be measured: ${messageOf(error)}`,
    );
  });
}

async function costOfEach({ running }: Asked, path: string): Promise<number> {
  const { cpuSeconds, requests } = await measureIsolatedCpuCost(running, path, readingSeconds);
  return cpuSeconds / requests;
}

function problemOf(times: number, ratio: number): string | null {
  if (Math.abs(ratio - 1) <= demandTolerance) return null;
  return times === 1
    ? 'a request costs it more than the target even when there is next to nothing to compute'
    : 'its cost could not be brought closer to the target';
}
