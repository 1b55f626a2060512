import type { LoadWorker, Measurement } from '../document/run-document.ts';
import { milliseconds, percent } from '../format.ts';
import { medianOf } from '../statistics/summary.ts';
import type { Finding, MeasurementGate } from './gate.ts';
import { mostGeneratorCores } from './generator-cpu.ts';

const mostSilenceMs = 1000;
const mostLateMs = 5;
const mostClockAheadMs = 1000;
/** Fewer requests have no median worth comparing. */
const fewestRequests = 30;
const mostDifferenceMs = 2;
const mostDifferenceShare = 0.5;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** One finding for each load worker that has the fault. */
const forEachWorker =
  (find: (worker: LoadWorker, measurement: Measurement) => Finding | null) =>
  (measurement: Measurement): readonly Finding[] =>
    measurement.loadWorkers.flatMap((worker) => find(worker, measurement) ?? []);

/** A worker that is stopped, or whose network is cut, sends nothing meanwhile and measures its own absence. */
export const loadWorkerSilent: MeasurementGate = {
  code: 'load-worker-silent',
  severity: 'void',
  check: 'loadWorkers',
  blame: 'instrument',
  raisedWhen: 'a load worker did not answer the runner for 1 s',
  test: forEachWorker(({ name, longestSilenceMs }) =>
    longestSilenceMs <= mostSilenceMs
      ? null
      : {
          message: `load worker ${name} did not answer for ${seconds(longestSilenceMs)}: it, or its network, stood still`,
          advice: 'see what stopped it, and run again',
        },
  ),
};

export const loadWorkerLate: MeasurementGate = {
  code: 'load-worker-late',
  severity: 'void',
  check: 'loadWorkers',
  blame: 'instrument',
  raisedWhen: 'a load worker was told to start more than 5 ms after the agreed start',
  test: forEachWorker(({ name, startedLateMs }) =>
    startedLateMs <= mostLateMs
      ? null
      : {
          message: `load worker ${name} started ${milliseconds(startedLateMs)} after the others: its first requests were late`,
          advice: 'see whether the network between it and the runner is busy, and run again',
        },
  ),
};

/** The mean over all workers may be low where one of them is at its limit. */
export const loadWorkerSaturated: MeasurementGate = {
  code: 'load-worker-saturated',
  severity: 'void',
  check: 'loadWorkers',
  blame: 'instrument',
  raisedWhen: 'the load generator of one load worker used more than 70 % of a core per process',
  test: forEachWorker(({ name, cpuSeconds, generatorProcesses }, { windowSeconds }) => {
    const use = (cpuSeconds ?? 0) / windowSeconds / generatorProcesses;
    if (use <= mostGeneratorCores) return null;
    return {
      message: `load worker ${name} used ${percent(use)} of each of its cores (limit ${percent(mostGeneratorCores)}): it may have limited these numbers`,
      advice: 'add load workers with --load-workers',
    };
  }),
};

/** All workers load the same server at the same time: where they differ, it is by their machine or their network. */
export const loadWorkersDisagree: MeasurementGate = {
  code: 'load-workers-disagree',
  severity: 'warn',
  check: 'loadWorkers',
  blame: 'instrument',
  raisedWhen:
    'the median service time of a load worker is 2 ms and 50 % away from the median of all load workers',
  test: (measurement) => {
    const times = measurement.loadWorkers.flatMap(({ name, p50Ms, requests }) =>
      p50Ms === null || requests.sent < fewestRequests ? [] : { name, p50Ms },
    );
    if (times.length < 2) return null;
    const middleMs = medianOf(times.map(({ p50Ms }) => p50Ms));
    const limitMs = Math.max(mostDifferenceMs, mostDifferenceShare * middleMs);
    return times
      .filter(({ p50Ms }) => Math.abs(p50Ms - middleMs) > limitMs)
      .map(({ name, p50Ms }) => ({
        message: `load worker ${name} has a median service time of ${milliseconds(p50Ms)}, all together ${milliseconds(middleMs)}: its machine or its network differs`,
        advice: 'compare the round trips of the load workers, or leave this one out',
      }));
  },
};

/** Nothing depends on wall clocks, but logs of several machines are hard to compare where they differ. */
export const loadWorkerClock: MeasurementGate = {
  code: 'load-worker-clock',
  severity: 'note',
  check: 'loadWorkers',
  blame: 'instrument',
  raisedWhen: 'the clock of a load worker is 1 s ahead or behind',
  test: forEachWorker(({ name, clockAheadMs, clockErrorMs }) =>
    Math.abs(clockAheadMs) <= mostClockAheadMs + clockErrorMs
      ? null
      : {
          message: `the clock of load worker ${name} is ${seconds(Math.abs(clockAheadMs))} ${clockAheadMs > 0 ? 'ahead' : 'behind'}; the start was agreed by its monotonic clock, and no number depends on this`,
          advice: 'synchronise it with NTP, so that logs can be compared',
        },
  ),
};
