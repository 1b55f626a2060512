import { TimeRecorder } from '../results/document/distribution.ts';
import type {
  Measurement,
  PlannedWorkload,
  Trial,
  Warning,
} from '../results/document/run-document.ts';
import { loadCurvesOf } from '../results/load-curve/load-curve.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTrial,
  sampleWorkload,
} from './sample-document.ts';

export const tooMuch: Warning = {
  code: 'overloaded',
  severity: 'void',
  message: 'too much',
  advice: '',
};
export const objective = { class: null, percentile: 'p95', belowMs: 20 } as const;

/** An open loop of 400 requests, each of which takes so many ms; null: it overloads the server, which serves 100/s. */
export function openLoop(offeredPerSecond: number, ms: number | null): Measurement {
  const recorder = new TimeRecorder();
  for (let index = 0; index < 400; index++) recorder.record(ms ?? 5000);
  return sampleOpenLoop({
    offeredPerSecond,
    responseTime: recorder.summarise(),
    throughputPerSecond: Math.min(100, offeredPerSecond),
    warnings: ms === null ? [tooMuch] : [],
  });
}

/** Response time of one server with exponential service and a capacity of 100 requests/s. */
export const queued = (perSecond: number) => 1000 / (100 - perSecond);
export type Loads = readonly (readonly [perSecond: number, ms: number | null])[];

export const trialOf = (block: number, throughputPerSecond: number, loads: Loads): Trial => ({
  ...sampleTrial({ block }, [sampleClosedLoop({ throughputPerSecond }), openLoop(10, queued(10))]),
  curve: loads.map(([perSecond, ms]) => openLoop(perSecond, ms)),
});

export function curveOf(trials: readonly Trial[], change: Partial<PlannedWorkload> = {}) {
  const workload = { ...sampleWorkload(), objectives: [objective], ...change };
  const document = sampleDocument({ servers: ['pool'], workloads: [workload] }, trials);
  const [planned] = document.plan.workloads;
  const [curve] = planned ? loadCurvesOf(document, planned).servers : [];
  if (!curve) throw new Error('no curve');
  return { ...curve, capacity: curve.objectives[0]?.capacity };
}

export const loads: Loads = [20, 40, 60, 80].map((perSecond) => [perSecond, queued(perSecond)]);
