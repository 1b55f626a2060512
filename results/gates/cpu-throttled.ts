import { percent, plural } from '../format.ts';
import type { MeasurementGate } from './gate.ts';

/** One pause in fifty periods: response times show it, since a pause lasts for the rest of its period. */
const mostThrottledShare = 0.02;

/** Whether a CPU quota, as of a container, stopped the server during the window. */
export const cpuThrottled: MeasurementGate = {
  code: 'cpu-throttled',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'the CPU quota of the control group was used up in 2 % of its periods in the window',
  test: ({ throttling }) => {
    if (!throttling || throttling.periods === 0) return null;
    const { periods, throttledPeriods, throttledSeconds } = throttling;
    if (throttledPeriods / periods < mostThrottledShare) return null;
    return {
      message: `the CPU quota was used up in ${throttledPeriods} of ${plural(periods, 'period')} (${percent(throttledPeriods / periods)}), and took ${throttledSeconds.toFixed(2)} s of CPU time: the server stood still for parts of a period, which response times include`,
      advice:
        'raise the quota (--cpus of a container), or remove it and limit the CPUs with --cpuset-cpus',
    };
  },
};
