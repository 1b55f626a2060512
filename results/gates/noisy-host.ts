import { percent } from '../format.ts';
import { meanOf } from '../statistics/summary.ts';
import { type RunGate } from './gate.ts';

/** A quiet machine runs the same computation in the same time, and no program waits for a CPU. */
export const mostSpinSpread = 0.05;
const mostPressure = 0.1;
const mostSteal = 0.01;

/**
 * What the noise probes, one at the start of each block while nothing of this program runs, show about the machine.
 * Pressure and steal are means over all probes: in a single short probe, a few ms of anything are a large share.
 */
export const noisyHost: RunGate = {
  code: 'noisy-host',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen:
    'over the noise probes at the start of each block, a fixed computation varied by 5 %; or on average programs waited for a CPU 10 % of the time, or a hypervisor took 1 % of the CPU time',
  test: ({ noiseProbes }) => {
    if (noiseProbes.length === 0) return [];
    const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
    const spread = Math.max(...spins) / Math.min(...spins) - 1;
    const pressure = meanOf(noiseProbes.flatMap(({ cpuPressureShare }) => cpuPressureShare ?? []));
    const steal = meanOf(noiseProbes.flatMap(({ stealShare }) => stealShare ?? []));
    const signs = [
      spread > mostSpinSpread ? `a fixed computation took up to ${percent(spread)} longer` : '',
      pressure > mostPressure ? `programs waited for a CPU ${percent(pressure)} of the time` : '',
      steal > mostSteal ? `${percent(steal)} of CPU time went to other virtual machines` : '',
    ].filter((sign) => sign !== '');
    if (signs.length === 0) return [];
    return [
      {
        message: `between trials, ${signs.join('; ')}: the numbers vary more than the servers do`,
        advice: 'end other programs, fix the CPU frequency, or use a dedicated machine',
      },
    ];
  },
};
