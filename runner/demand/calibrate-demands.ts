import type { CalibratedRequest } from '../../results/document/run-document.ts';
import { InterruptedError, messageOf } from '../errors.ts';
import { type Availabilities, whyUnavailable } from '../plan/availability.ts';
import type { Plan, ServerToRun } from '../plan/plan.ts';
import { measureClosedLoop } from '../run/measure.ts';
import type { RunListener } from '../run/run-event.ts';
import { type Session, withSession } from '../run/session.ts';
import { type CalibratableWorkload, calibratableIn, calibrationTarget } from './calibratable.ts';
import { calibrateDemand, type Settled } from './calibrate-demand.ts';
import { measureIsolatedCpuCost } from './isolated-cpu-cost.ts';

const warmSeconds = 0.5;
const standardSeconds = 0.3;

/**
 * Settles what each server is asked, so that a request alone costs each the same CPU time. The server that sets the
 * target runs all the while, to be measured beside each of the others. One that cannot be measured is asked as
 * planned, with the problem in its demand.
 *
 * @throws InterruptedError when the signal is aborted
 */
export async function calibrateDemands(
  plan: Plan,
  availabilities: Availabilities,
  signal: AbortSignal,
  emit: RunListener,
): Promise<CalibratedRequest[]> {
  const all = calibratableIn(plan);
  const asked = plan.servers.filter(
    (toRun) =>
      whyUnavailable(availabilities, toRun.server.name) === null && of(all, toRun).length > 0,
  );
  const standard = calibrationTarget(asked);
  if (!standard) return [];
  const others = asked.filter((toRun) => toRun !== standard);

  const open = <Result>(toRun: ServerToRun, work: (session: Session) => Promise<Result>) => {
    emit({ type: 'calibrating', server: toRun.server.name });
    return withWarmSession(toRun, of(all, toRun), plan, signal, work);
  };
  const settled: CalibratedRequest[] = [];
  const add = (found: readonly CalibratedRequest[]) => {
    for (const demand of found) emit({ type: 'calibrated', demand });
    settled.push(...found);
  };
  const calibrateAll = async (target: Session) => {
    add(await asTarget(target, of(all, standard)));
    for (const toRun of others) {
      const found = await open(toRun, (session) => beside(session, target, of(all, toRun))).catch(
        (error: unknown) => asPlanned(toRun, of(all, toRun), reasonOf(error)),
      );
      add(found);
    }
  };
  let work: Promise<void> | undefined;
  try {
    await open(standard, (target) => {
      work = calibrateAll(target);
      return work;
    });
  } catch (error) {
    await work?.catch(() => undefined); // it may still be adding
    const reason = `${standard.server.name}, which sets the target, could not be measured: ${reasonOf(error)}`;
    const missing = asked.filter(
      ({ server }) => !settled.some((one) => one.server === server.name),
    );
    for (const toRun of missing) add(asPlanned(toRun, of(all, toRun), reason));
  }
  return settled;
}

const of = (all: readonly CalibratableWorkload[], toRun: ServerToRun): CalibratableWorkload[] =>
  all.filter((demanding) => demanding.toRun.servers.includes(toRun));

/** Sees to it that all its workers have answered many requests before their cost is read. */
function withWarmSession<Result>(
  server: ServerToRun,
  [any]: readonly CalibratableWorkload[],
  plan: Plan,
  signal: AbortSignal,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (!any) throw new Error(`${server.server.name} has nothing to calibrate`);
  const workload = { ...any.toRun, classes: [any.requestFor(1)] };
  const silent: RunListener = () => undefined;
  return withSession({ server, workload, block: 0 }, plan, signal, silent, async (session) => {
    await measureClosedLoop(session, { warmupSeconds: 0, windowSeconds: warmSeconds });
    return work(session);
  });
}

async function asTarget(
  target: Session,
  all: readonly CalibratableWorkload[],
): Promise<CalibratedRequest[]> {
  const settled: CalibratedRequest[] = [];
  for (const demanding of all) {
    const { path } = demanding.asPlanned;
    const { cpuSeconds, requests } = await measureIsolatedCpuCost(
      target.running,
      path,
      standardSeconds,
    );
    const each = cpuSeconds / requests;
    settled.push({
      ...planned(target.server.name, demanding),
      targetCpuSeconds: each,
      cpuSeconds: each,
    });
  }
  return settled;
}

async function beside(
  session: Session,
  target: Session,
  all: readonly CalibratableWorkload[],
): Promise<CalibratedRequest[]> {
  const known = new Map<string, Settled>();
  const settled: CalibratedRequest[] = [];
  for (const demanding of all) {
    const { path } = demanding.asPlanned;
    const same = known.get(path) ?? (await calibrateDemand(session, target, demanding));
    known.set(path, same);
    const times = same.parameters[demanding.demand.repeatedBy] ?? 1;
    settled.push({
      ...planned(session.server.name, demanding),
      ...same,
      parameters: demanding.parametersFor(times),
    });
  }
  return settled;
}

const asPlanned = (
  { server }: ServerToRun,
  all: readonly CalibratableWorkload[],
  reason: string,
): CalibratedRequest[] => all.map((demanding) => ({ ...planned(server.name, demanding), reason }));

const planned = (
  server: string,
  { toRun, asPlanned: { name, path } }: CalibratableWorkload,
): CalibratedRequest => ({
  server,
  workload: toRun.workload.name,
  class: name,
  parameters: { ...toRun.parameters },
  path,
  targetCpuSeconds: null,
  cpuSeconds: null,
  reason: null,
});

/** An interrupt is no failure and is passed on. */
function reasonOf(error: unknown): string {
  if (error instanceof InterruptedError) throw error;
  return messageOf(error);
}
