import { TimeRecorder } from '../results/document/distribution.ts';
import type { Measurement } from '../results/document/run-document.ts';
import type { GateContext } from '../results/gates/gate.ts';
import { overloaded } from '../results/gates/overloaded.ts';
import type { Random } from '../results/statistics/random.ts';
import { sumOf } from '../results/statistics/summary.ts';
import { arrivalSchedule } from '../runner/load/open-loop/arrival-schedule.ts';
import { sampleClosedLoop, sampleOpenLoop } from './sample-document.ts';

/** A queue served first come, first served: its response times, capacity and overload follow from theory. */
export interface Queue {
  readonly workers: number;
  /** Seconds. */
  readonly serviceTime: (random: Random) => number;
}

export const exponential = (random: Random, mean = 1): number => -mean * Math.log(1 - random());

const settleSeconds = 0.3;
const binSeconds = 0.1;

/** A window of Poisson arrivals at a queue, as the load generator sees it. */
export function simulatedOpenLoop(
  { workers, serviceTime }: Queue,
  perSecond: number,
  seconds: number,
  random: Random,
): Measurement {
  const bins = Math.round(seconds / binSeconds);
  const freeAt = Array.from({ length: workers }, () => 0);
  const changes = Array.from({ length: bins }, () => ({ sent: 0, completed: 0, inFlight: 0 }));
  const binAt = (at: number) => changes[Math.floor((at - settleSeconds) / binSeconds)];
  const times = new TimeRecorder();
  let inFlight = 0;
  const { offsetsMs } = arrivalSchedule({
    ratePerSecond: perSecond,
    arrivals: 'poisson',
    warmupSeconds: settleSeconds,
    windowSeconds: seconds,
    weights: [1],
    seed: Math.floor(random() * 2 ** 32),
  });
  for (const at of [...offsetsMs].map((ms) => ms / 1000)) {
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const answeredAt = Math.max(at, freeAt[worker] ?? 0) + serviceTime(random);
    freeAt[worker] = answeredAt;
    if (answeredAt >= settleSeconds) {
      const sentIn = binAt(at);
      if (sentIn) {
        sentIn.sent += 1;
        sentIn.inFlight += 1;
        times.record(1000 * (answeredAt - at));
      } else inFlight += 1;
      const answeredIn = binAt(answeredAt);
      if (answeredIn) {
        answeredIn.completed += 1;
        answeredIn.inFlight -= 1;
      }
    }
  }
  const intervals = changes.map((change, index) => {
    inFlight += change.inFlight;
    return {
      startSeconds: index * binSeconds,
      durationSeconds: binSeconds,
      sent: change.sent,
      completed: change.completed,
      inFlight,
      serverCpuSeconds: null,
      eventLoopDelayMs: null,
    };
  });
  const completed = sumOf(changes.map((change) => change.completed));
  return sampleOpenLoop({
    offeredPerSecond: perSecond,
    windowSeconds: seconds,
    throughputPerSecond: completed / seconds,
    responseTime: times.summarise(),
    intervals,
  });
}

/** A window in which every worker always has a request. */
export function simulatedClosedLoop(
  { workers, serviceTime }: Queue,
  seconds: number,
  random: Random,
): Measurement {
  const completed = sumOf(
    Array.from({ length: workers }, () => {
      for (let count = 0, at = 0; ; count++) {
        const next = at + serviceTime(random);
        // A request that is still being served counts in part, as in a window without sharp ends.
        if (next > seconds) return count + (seconds - at) / (next - at);
        at = next;
      }
    }),
  );
  return sampleClosedLoop({ throughputPerSecond: completed / seconds, windowSeconds: seconds });
}

/** The measurement with the warning of the gate for overload where that fires. */
export function withOverloadWarning(measurement: Measurement, context: GateContext): Measurement {
  const found = [overloaded.test(measurement, context) ?? []].flat();
  const warnings = found.map((one) => ({
    code: overloaded.code,
    severity: overloaded.severity,
    ...one,
  }));
  return { ...measurement, warnings };
}
