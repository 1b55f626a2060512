import { isLimitedByConnections, lightMsOf } from '../closed-loop-limit.ts';
import type { Measurement, RunDocument, Trial, Warning } from '../document/run-document.ts';
import { serverCores } from '../queueing-model.ts';
import { cpuMsPerRequest, trialsOf, windowOf } from '../select.ts';
import { acceptQueue } from './accept-queue.ts';
import { cpuThrottled } from './cpu-throttled.ts';
import { cpuTimeVaries } from './cpu-time-varies.ts';
import { delayedAck } from './delayed-ack.ts';
import { drift } from './drift.ts';
import { failedInCurveFacts } from './failed-in-curve.ts';
import { fewConnections } from './few-connections.ts';
import type { Blame, Gate, GateContext, GateFacts, MeasurementGate, RunGate } from './gate.ts';
import { generatorCpuUse, generatorSaturated, generatorStarved } from './generator-cpu.ts';
import { stalled, workersRestarted } from './interruptions.ts';
import { connectionLimit, lateSends } from './late-sends.ts';
import { littlesLaw } from './littles-law.ts';
import {
  loadWorkerClock,
  loadWorkerLate,
  loadWorkerSaturated,
  loadWorkerSilent,
  loadWorkersDisagree,
} from './load-workers.ts';
import { cpuStolen, disturbanceOf, noisyHost, noisyNeighbour } from './noisy-host.ts';
import { notSteady, steadinessUnknown } from './not-steady.ts';
import { accounting, failedRequests, wrongBodies } from './outcomes.ts';
import { overloaded } from './overloaded.ts';
import { unequalCpuTime } from './unequal-cpu-time.ts';
import { windowsRepeated } from './windows-repeated.ts';
import { aboveCeiling, waitSkipped } from './work-skipped.ts';

/** The gates that a measurement has to pass, the gravest first. */
const measurementGates: readonly MeasurementGate[] = [
  accounting,
  wrongBodies,
  waitSkipped,
  aboveCeiling,
  littlesLaw,
  acceptQueue,
  generatorSaturated,
  generatorStarved,
  generatorCpuUse,
  loadWorkerSilent,
  loadWorkerLate,
  loadWorkerSaturated,
  loadWorkersDisagree,
  loadWorkerClock,
  lateSends,
  connectionLimit,
  overloaded,
  failedRequests,
  workersRestarted,
  stalled,
  notSteady,
  steadinessUnknown,
  delayedAck,
  noisyNeighbour,
  cpuStolen,
  cpuThrottled,
];

/** The gates that a run as a whole has to pass. */
const runGates: readonly RunGate[] = [
  fewConnections,
  unequalCpuTime,
  noisyHost,
  windowsRepeated,
  cpuTimeVaries,
  drift,
];

/** What is known about every gate; the docs table and the report's checks derive from it. */
export const allGates: readonly GateFacts[] = [
  ...measurementGates,
  failedInCurveFacts,
  ...runGates,
];

const blames = new Map(allGates.map(({ code, blame }): [string, Blame] => [code, blame]));

/** Who is to blame for a warning; an unknown code does not blame the server. */
export const blameFor = ({ code }: Pick<Warning, 'code'>): Blame =>
  blames.get(code) ?? 'instrument';

/** Warnings about a run as a whole. */
export const runWarnings = (document: RunDocument): Warning[] =>
  runGates.flatMap((gate) => warningsFrom(gate, document));

/** Warnings about one measurement. */
export const measurementWarnings = (measurement: Measurement, context: GateContext): Warning[] =>
  measurementGates.flatMap((gate) => warningsFrom(gate, measurement, context));

const warningsFrom = <Subject extends readonly unknown[]>(
  { code, severity, test }: Gate<Subject>,
  ...subject: Subject
): Warning[] => [test(...subject) ?? []].flat().map((found) => ({ code, severity, ...found }));

/** A trial with the warnings of its measurements, those of its sweep and its curve included, added to those they have. */
export function withWarnings(trial: Trial, document: Known): Trial {
  const context = contextOf(trial, document);
  if (!context) return trial;
  const tested = (measurement: Measurement) => ({
    ...measurement,
    warnings: [...measurement.warnings, ...measurementWarnings(measurement, context)],
  });
  return {
    ...trial,
    measurements: trial.measurements.map(tested),
    sweep: trial.sweep.map(tested),
    curve: trial.curve.map(tested),
  };
}

/** What was known when a trial ended. */
type Known = Pick<RunDocument, 'plan' | 'environment' | 'pilots' | 'trials'>;

function contextOf(trial: Trial, { plan, environment, pilots, trials }: Known): GateContext | null {
  const server = plan.servers.find(({ name }) => name === trial.server);
  const workload = plan.workloads.find(({ name }) => name === trial.workload);
  if (!server || !workload) return null;
  const closed = windowOf(trial, 'closed') ?? lastClosedLoop(trial, trials);
  const machine = machineOf({ plan, environment });
  const pilot = pilots.find((one) => one.server === server.name && one.workload === workload.name);
  return {
    server,
    workload,
    cpusAvailable: environment.cpusAvailable,
    serverCores: serverCores({ plan, environment }),
    ...machine,
    cpuMode: plan.cpuLayout.mode,
    capacityPerSecond:
      closed &&
      disturbanceOf(closed, machine) === null &&
      !isLimitedByConnections(closed, workload, lightMsOf([trial]))
        ? closed.throughputPerSecond
        : null,
    servedPerSecond: closed && closed.throughputPerSecond,
    pilot: pilot ?? null,
    openLoopCpuSeconds: openLoopCpuSeconds(trial),
  };
}

/** What gates of the host need to know about the machine of the servers. */
export const machineOf = ({ plan, environment }: Pick<RunDocument, 'plan' | 'environment'>) => ({
  cpusOnline: environment.cpusOnline,
  isClientApart: plan.serverOn?.sharesCpus === false,
});

/** The last closed loop of a server before a trial that has none: its capacity is the best guess. */
const lastClosedLoop = ({ server, workload }: Trial, trials: readonly Trial[]) =>
  trialsOf({ trials }, { server, workload })
    .flatMap((earlier) => windowOf(earlier, 'closed') ?? [])
    .at(-1) ?? null;

/** Of fewer requests, CPU time is mostly what the server uses anyway. */
const fewestRequests = 30;

/** The lowest mean of the open loops with all classes of requests. */
function openLoopCpuSeconds(trial: Trial): number | null {
  const costs = (['shared', 'proportional'] as const).flatMap((window) => {
    const open = windowOf(trial, window);
    return open && open.requests.ok >= fewestRequests ? (cpuMsPerRequest(open) ?? []) : [];
  });
  return costs.length > 0 ? Math.min(...costs) / 1000 : null;
}
