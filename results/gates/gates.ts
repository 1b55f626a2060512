import type {
  Measurement,
  PlannedWorkload,
  RunDocument,
  Trial,
  Warning,
} from '../document/run-document.ts';
import { serverCores } from '../queueing-model.ts';
import { windowOf } from '../select.ts';
import { demandOf } from '../statistics/queueing/models.ts';
import { acceptQueue } from './accept-queue.ts';
import { accounting } from './accounting.ts';
import { delayedAck } from './delayed-ack.ts';
import { drift } from './drift.ts';
import { failedRequests } from './failed-requests.ts';
import type { Blame, Check, GateContext, GateFacts, MeasurementGate, RunGate } from './gate.ts';
import { generatorCpu } from './generator-cpu.ts';
import { lateSends } from './late-sends.ts';
import { littlesLaw } from './littles-law.ts';
import { noisyHost } from './noisy-host.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { notSteady } from './not-steady.ts';
import { overloaded } from './overloaded.ts';
import { stalled } from './stalled.ts';
import { unequalCpuTime } from './unequal-cpu-time.ts';
import { workSkipped } from './work-skipped.ts';
import { workersRestarted } from './workers-restarted.ts';
import { wrongBodies } from './wrong-bodies.ts';

/** The gates that a measurement has to pass, the gravest first. */
const measurementGates: readonly MeasurementGate[] = [
  accounting,
  wrongBodies,
  workSkipped,
  littlesLaw,
  acceptQueue,
  generatorCpu,
  lateSends,
  overloaded,
  failedRequests,
  workersRestarted,
  stalled,
  notSteady,
  delayedAck,
  noisyNeighbour,
];

/** The gates that a run as a whole has to pass. */
const runGates: readonly RunGate[] = [unequalCpuTime, noisyHost, drift];

/** What is known about every gate; the docs table and the report's checks derive from it. */
export const allGates: readonly GateFacts[] = [...measurementGates, ...runGates];

const blames = new Map<string, Blame>(
  allGates.flatMap(({ warnings, blame }) =>
    Object.keys(warnings).map((code): [string, Blame] => [code, blame]),
  ),
);

/** Whose fault a warning is; an unknown code says nothing about the server. */
export const blameFor = ({ code }: Pick<Warning, 'code'>): Blame =>
  blames.get(code) ?? 'instrument';

/** The codes of all warnings that are shown under a check. */
export const codesOf = (check: Check): string[] =>
  allGates.flatMap((gate) => (gate.check === check ? Object.keys(gate.warnings) : []));

/** Warnings about a run as a whole. */
export const runWarnings = (document: RunDocument): Warning[] =>
  runGates.flatMap((gate) => gate.test(document));

/** Warnings about one measurement. */
export const measurementWarnings = (measurement: Measurement, context: GateContext): Warning[] =>
  measurementGates.flatMap((gate) => gate.test(measurement, context));

/** A trial with the warnings of its measurements, those of its sweep included, added to those they have. */
export function withWarnings(
  trial: Trial,
  document: Pick<RunDocument, 'plan' | 'environment' | 'pilots'>,
): Trial {
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
  };
}

function contextOf(
  trial: Trial,
  { plan, environment, pilots }: Pick<RunDocument, 'plan' | 'environment' | 'pilots'>,
): GateContext | null {
  const server = plan.servers.find(({ name }) => name === trial.server);
  const workload = plan.workloads.find(({ name }) => name === trial.workload);
  if (!server || !workload) return null;
  const closed = windowOf(trial, 'closed');
  const pilot = pilots.find((one) => one.server === server.name && one.workload === workload.name);
  return {
    server,
    workload,
    cpusAvailable: environment.cpusAvailable,
    serverCores: serverCores({ plan, environment }),
    cpusOnline: environment.cpusOnline,
    cpuMode: plan.cpuLayout.mode,
    capacityPerSecond: closed && capacityFrom(closed, workload),
    pilot: pilot ?? null,
  };
}

/** Above this share of the most that its connections allow, a closed loop may be limited by them. */
const connectionBoundShare = 0.9;

/** The server's capacity, where the closed loop shows it: null where the connections may have been the limit. */
function capacityFrom(
  { throughputPerSecond, connections }: Measurement,
  { classes }: PlannedWorkload,
): number | null {
  const { waitSeconds } = demandOf(
    classes.map(({ weight, waitMs }) => ({ weight, cpuSeconds: 0, waitSeconds: waitMs / 1000 })),
  );
  const most = connections / waitSeconds;
  return throughputPerSecond < connectionBoundShare * most ? throughputPerSecond : null;
}
