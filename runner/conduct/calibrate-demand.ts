import type { SettledDemand } from '../../results/run-document.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import type { Server } from '../../servers/server.ts';
import { messageOf, RunError } from '../errors.ts';
import type { Demanding } from '../plan/demanding.ts';
import type { Target } from './attach.ts';
import { calibrateTimes } from './calibrate-times.ts';
import { costAlone } from './cost-alone.ts';

/** What a server was found to cost; the rest of a settled demand is its name and the workload's. */
export type Settled = Pick<
  SettledDemand,
  'parameters' | 'path' | 'targetCpuSeconds' | 'cpuSeconds' | 'problem'
>;

/** Further from the target than this, a document says so. */
const demandTolerance = 0.03;

interface Asked {
  readonly server: Pick<Server, 'name'>;
  readonly running: Pick<Target, 'url' | 'pid'>;
}

/** Verified more closely than it may be wrong by. */
const verified = 0.015;
/** Short, so that what slows the machine down for half a second meets both sides. */
const readingSeconds = 0.04;
const glanceSeconds = 0.3;
const verifySeconds = 1.2;
const fewestTurns = 2;
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
  session: Asked,
  standard: Asked,
  { asPlanned, requestFor }: Demanding,
  times: number,
  seconds: number,
): Promise<Costs> {
  const { path } = requestFor(times);
  const theirs = () =>
    costOfEach(standard, asPlanned.path).catch((error: unknown) => {
      throw new RunError(
        `${standard.server.name}, which sets the target, could not be measured: ${messageOf(error)}`,
      );
    });
  const own = () => costOfEach(session, path);
  const targets: number[] = [];
  const ratios: number[] = [];
  const beganMs = performance.now();
  while (ratios.length < fewestTurns || performance.now() - beganMs < seconds * 1000) {
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

async function costOfEach({ running }: Asked, path: string): Promise<number> {
  const { cpuSeconds, requests } = await costAlone(running, path, readingSeconds);
  return cpuSeconds / requests;
}

function problemOf(times: number, ratio: number): string | null {
  if (Math.abs(ratio - 1) <= demandTolerance) return null;
  return times === 1
    ? 'a request costs it more than the target even when there is next to nothing to compute'
    : 'its cost could not be brought closer to the target';
}
