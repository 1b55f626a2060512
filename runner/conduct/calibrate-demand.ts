import type { SettledDemand } from '../../results/run-document.ts';
import type { Demanding } from '../plan/demanding.ts';
import { calibrateTimes } from './calibrate-times.ts';
import { costAlone } from './cost-alone.ts';
import type { Session } from './session.ts';

/** What a server was found to cost; the rest of a settled demand is its name and the workload's. */
export type Settled = Pick<
  SettledDemand,
  'parameters' | 'path' | 'targetCpuSeconds' | 'cpuSeconds' | 'problem'
>;

/** Further from the target than this, a document says so. */
export const demandTolerance = 0.03;

/** Verified more closely than it may be wrong by. */
const verified = 0.015;
const glanceSeconds = 0.06;
const verifySeconds = 0.2;
const mostCorrections = 3;

/**
 * Finds the parameters with which a request alone costs a server what one costs the server that sets the target. The
 * two are measured by turns, there and back again, so that what slows the machine down meets both.
 */
export async function calibrateDemand(
  session: Session,
  standard: Session,
  demanding: Demanding,
): Promise<Settled> {
  const compare = (times: number, seconds: number) =>
    compareCosts(session, standard, demanding, times, seconds);
  const { times: found } = await calibrateTimes(
    async (times) => ratioOf(await compare(times, glanceSeconds)),
    demanding.mostTimes,
  );
  let times = found;
  let costs = await compare(times, verifySeconds);
  for (let corrected = 0; corrected < mostCorrections && times > 1; corrected += 1) {
    if (Math.abs(ratioOf(costs) - 1) <= verified) break;
    const next = Math.round(times / ratioOf(costs));
    times = Math.max(2, Math.min(demanding.mostTimes, next));
    costs = await compare(times, verifySeconds);
  }
  return {
    parameters: demanding.parametersFor(times),
    path: demanding.requestFor(times).path,
    ...costs,
    problem: problemOf(times, ratioOf(costs)),
  };
}

interface Costs {
  readonly targetCpuSeconds: number;
  readonly cpuSeconds: number;
}

const ratioOf = ({ targetCpuSeconds, cpuSeconds }: Costs) => cpuSeconds / targetCpuSeconds;

async function compareCosts(
  session: Session,
  standard: Session,
  { asPlanned, requestFor }: Demanding,
  times: number,
  seconds: number,
): Promise<Costs> {
  const { path } = requestFor(times);
  const theirs = () => costAlone(standard.running, asPlanned.path, seconds);
  const own = () => costAlone(session.running, path, seconds);
  const [a, b, c, d] = [await theirs(), await own(), await own(), await theirs()];
  return {
    targetCpuSeconds: (a.cpuSeconds + d.cpuSeconds) / (a.requests + d.requests),
    cpuSeconds: (b.cpuSeconds + c.cpuSeconds) / (b.requests + c.requests),
  };
}

function problemOf(times: number, ratio: number): string | null {
  if (Math.abs(ratio - 1) <= demandTolerance) return null;
  return times === 1
    ? 'a request costs it more than the target even when there is next to nothing to compute'
    : 'its cost could not be brought closer to the target';
}
