import type { CalibratedRequest } from '../../results/document/run-document.ts';
import { InterruptedError, messageOf, RunError } from '../errors.ts';
import {
  type ConfiguredServer,
  type ConfiguredWorkload,
  type Plan,
  whyNotMeasured,
} from '../plan/plan.ts';
import { type CalibratableWorkload, calibratableIn, calibrationTarget } from './calibratable.ts';
import { type Calibration, type CostOf, calibrateRequest } from './calibrate-request.ts';
import { measureIsolatedCpuCost, type Running } from './isolated-cpu-cost.ts';

/** Starts a server, warms it up with a workload, lets it be worked with, and stops it. */
export type WithWarmServer = (
  server: ConfiguredServer,
  warmUp: ConfiguredWorkload,
  work: (running: Running) => Promise<void>,
) => Promise<void>;

/** How long the cost of the target is read. */
const targetSeconds = 0.3;
/** How long one reading of a pair takes: a few requests, so that a disturbance affects both sides. */
const readingSeconds = 0.005;

/**
 * Calibrates each server's requests so that a request alone costs every server the same CPU time. The server that sets
 * the target runs all the time, to be measured next to each of the others. A server that cannot be measured gets
 * the planned requests, with a reason.
 *
 * @param report receives each result as soon as it is known
 * @throws InterruptedError if the run is interrupted
 */
export async function calibrateDemand(
  plan: Plan,
  withWarmServer: WithWarmServer,
  report: (calibrated: CalibratedRequest) => void,
): Promise<CalibratedRequest[]> {
  const all = calibratableIn(plan.workloads);
  const workloadsOf = (server: ConfiguredServer) =>
    all.filter(
      ({ workload }) =>
        workload.servers.includes(server.name) && whyNotMeasured(server, workload) === null,
    );
  const servers = plan.servers.filter((server) => workloadsOf(server).length > 0);
  const target = calibrationTarget(servers);
  if (!target) return [];

  const results: CalibratedRequest[] = [];
  const add = (found: readonly CalibratedRequest[]) => {
    results.push(...found);
    for (const calibrated of found) report(calibrated);
  };
  const addAsPlanned = (server: ConfiguredServer, reason: string) =>
    add(workloadsOf(server).map((workload) => ({ ...asPlanned(server, workload), reason })));
  const start = (server: ConfiguredServer, work: (running: Running) => Promise<void>) => {
    const [any] = workloadsOf(server);
    if (!any) throw new Error(`${server.name} has nothing to calibrate`);
    return withWarmServer(server, { ...any.workload, classes: [any.requestFor(1)] }, work);
  };
  const calibrateAll = async (runningTarget: Running) => {
    add(await readTarget(target, runningTarget, workloadsOf(target)));
    const costOfTarget: CostOf = (path) =>
      measureIsolatedCpuCost(runningTarget, path, readingSeconds).catch((error: unknown) => {
        throw new RunError(reasonOfTarget(target, error));
      });
    for (const server of servers.filter((other) => other !== target)) {
      await start(server, async (running) =>
        add(await calibrateServer(server, running, workloadsOf(server), costOfTarget)),
      ).catch((error: unknown) => addAsPlanned(server, reasonOf(error)));
    }
  };

  let work: Promise<void> | undefined;
  try {
    await start(target, (running) => (work = calibrateAll(running)));
  } catch (error) {
    await work?.catch(() => undefined); // it may still add results
    const reason = reasonOfTarget(target, error);
    for (const server of servers) {
      if (!results.some((one) => one.server === server.name)) addAsPlanned(server, reason);
    }
  }
  return results;
}

function readTarget(
  target: ConfiguredServer,
  running: Running,
  workloads: readonly CalibratableWorkload[],
): Promise<CalibratedRequest[]> {
  return Array.fromAsync(workloads, async (workload) => {
    const { path } = workload.asPlanned;
    const cpuSeconds = await measureIsolatedCpuCost(running, path, targetSeconds);
    return { ...asPlanned(target, workload), targetCpuSeconds: cpuSeconds, cpuSeconds };
  });
}

/** Workloads with the same request share a calibration. */
function calibrateServer(
  server: ConfiguredServer,
  running: Running,
  workloads: readonly CalibratableWorkload[],
  costOfTarget: CostOf,
): Promise<CalibratedRequest[]> {
  const costOf: CostOf = (path) => measureIsolatedCpuCost(running, path, readingSeconds);
  const known = new Map<string, Calibration>();
  return Array.fromAsync(workloads, async (workload) => {
    const { path } = workload.asPlanned;
    const found = known.get(path) ?? (await calibrateRequest(workload, costOf, costOfTarget));
    known.set(path, found);
    const { times, ...costs } = found;
    return {
      ...asPlanned(server, workload),
      parameters: workload.parametersFor(times),
      path: workload.requestFor(times).path,
      ...costs,
    };
  });
}

function asPlanned(
  server: ConfiguredServer,
  { workload, asPlanned: { name, path } }: CalibratableWorkload,
): CalibratedRequest {
  return {
    server: server.name,
    workload: workload.name,
    class: name,
    parameters: { ...workload.parameters },
    path,
    targetCpuSeconds: null,
    cpuSeconds: null,
    reason: null,
  };
}

const reasonOfTarget = ({ name }: ConfiguredServer, error: unknown): string =>
  `${name}, which sets the target, could not be measured: ${reasonOf(error)}`;

/** An interrupt is no failure and is passed on. */
function reasonOf(error: unknown): string {
  if (error instanceof InterruptedError) throw error;
  return messageOf(error);
}
