import { arrivalSchedule } from '../../load/open-loop/arrival-schedule.ts';
import { judgeAccounts, judgeTimes } from '../row.ts';
import { exponentialTimes, quantileOf, queueResponseTimes } from '../truth.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const meanMs = 20;
const serviceSeed = 11;
const load = { ratePerSecond: 30, arrivals: 'poisson' as const, seed: 5 };
const warmupSeconds = 1;
const windowSeconds = 15;

/**
 * M/M/1 at 60 % load. The arrivals are the generator's own schedule and the service times the server's own, so the
 * truth is what this very queue must do, not what such queues do on average.
 */
export const exponentialQueue: CalibrationCase = {
  name: 'queue with exponential service, 60 % load',
  behaviour: { kind: 'queue', meanMs, seed: serviceSeed },
  async measure(rig) {
    const result = await rig.runOpen({ ...load, warmupSeconds, windowSeconds });
    const base = { case: this.name, instrument: openLoopName };
    const times = trueResponseTimes();
    return [
      ...judgeTimes(base, 'response time', result.responseTime, {
        p50Ms: quantileOf(times, 0.5),
        p95Ms: quantileOf(times, 0.95),
        p99Ms: quantileOf(times, 0.99),
      }),
      judgeAccounts(base, result),
    ];
  },
};

function trueResponseTimes(): number[] {
  const seconds = warmupSeconds + windowSeconds;
  const { offsetsMs } = arrivalSchedule({ ...load, seconds, weights: [1] });
  const times = queueResponseTimes(offsetsMs, exponentialTimes(meanMs, serviceSeed));
  return times.filter((_, index) => (offsetsMs[index] ?? 0) >= warmupSeconds * 1000);
}
