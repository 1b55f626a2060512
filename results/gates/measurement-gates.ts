import type {
  Measurement,
  PlannedWorkload,
  RunDocument,
  Trial,
  Warning,
} from '../document/run-document.ts';
import { serverCores } from '../server-cores.ts';
import { demandOf } from '../statistics/queueing/demand.ts';
import { acceptQueue } from './accept-queue.ts';
import { accounting } from './accounting.ts';
import { failedRequests } from './failed-requests.ts';
import type { Gate, GateContext } from './gate.ts';
import { generatorSaturated } from './generator-saturated.ts';
import { lateSends } from './late-sends.ts';
import { littlesLaw } from './littles-law.ts';
import { naglePlateau } from './nagle-plateau.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { notSteady } from './not-steady.ts';
import { stalled } from './stalled.ts';
import { unstable } from './unstable.ts';
import { workSkipped } from './work-skipped.ts';
import { workersRestarted } from './workers-restarted.ts';
import { wrongBodies } from './wrong-bodies.ts';

/** All that a measurement has to pass, the gravest first. */
const measurementGates: readonly Gate[] = [
  accounting,
  wrongBodies,
  workSkipped,
  littlesLaw,
  acceptQueue,
  generatorSaturated,
  lateSends,
  unstable,
  failedRequests,
  workersRestarted,
  stalled,
  notSteady,
  naglePlateau,
  noisyNeighbour,
];

/** What is doubtful about a measurement. */
export function warningsAbout(measurement: Measurement, context: GateContext): Warning[] {
  return measurementGates.flatMap((gate) => gate(measurement, context));
}

/** A trial whose measurements, those of its sweep too, carry what is doubtful about them, beside the warnings that they had. */
export function withWarnings(
  trial: Trial,
  document: Pick<RunDocument, 'plan' | 'environment' | 'pilots'>,
): Trial {
  const context = contextOf(trial, document);
  if (!context) return trial;
  const judged = (measurement: Measurement) => ({
    ...measurement,
    warnings: [...measurement.warnings, ...warningsAbout(measurement, context)],
  });
  return {
    ...trial,
    measurements: trial.measurements.map(judged),
    sweep: trial.sweep.map(judged),
  };
}

/** Of the most that the connections could ask for, a server that did this much may have borne more. */
const connectionBoundShare = 0.9;

/** A closed loop shows what a server can bear only where that is less than its connections can ask for. */
function capacityFrom(
  { throughputPerSecond, connections }: Measurement,
  { classes }: PlannedWorkload,
): number | null {
  const { waitSeconds } = demandOf(
    classes.map(({ weight, waitMs }) => ({ weight, cpuSeconds: 0, waitSeconds: waitMs / 1000 })),
  );
  const mostAsked = connections / waitSeconds;
  return throughputPerSecond < connectionBoundShare * mostAsked ? throughputPerSecond : null;
}

function contextOf(
  trial: Trial,
  { plan, environment, pilots }: Pick<RunDocument, 'plan' | 'environment' | 'pilots'>,
): GateContext | null {
  const server = plan.servers.find(({ name }) => name === trial.server);
  const workload = plan.workloads.find(({ name }) => name === trial.workload);
  if (!server || !workload) return null;
  const closed = trial.measurements.find(({ loop }) => loop === 'closed');
  const pilot = pilots.find((one) => one.server === server.name && one.workload === workload.name);
  return {
    server,
    workload,
    cpusAvailable: environment.cpusAvailable,
    serverCores: serverCores({ plan, environment }),
    cpusOnline: environment.cpusOnline,
    cpuMode: plan.cpuLayout.mode,
    capacityPerSecond: closed ? capacityFrom(closed, workload) : null,
    pilot: pilot ?? null,
  };
}
