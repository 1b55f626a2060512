import type { RunDocument, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { meanOf } from '../statistics/summary.ts';

/** A quiet machine does the same computation in the same time, without anyone waiting for a CPU. */
export const mostSpinSpread = 0.05;
const mostPressure = 0.1;
const mostSteal = 0.01;

/**
 * What the noiseProbes, each at the start of a block with nothing of ours running, say of the machine. Times that others
 * took are those of all noiseProbes together: in one canary alone, a few ms of anything make a large share.
 */
export function noisyHost({ noiseProbes }: Pick<RunDocument, 'noiseProbes'>): Warning[] {
  if (noiseProbes.length === 0) return [];
  const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
  const spread = Math.max(...spins) / Math.min(...spins) - 1;
  const pressure = meanOf(noiseProbes.flatMap(({ cpuPressureShare }) => cpuPressureShare ?? []));
  const steal = meanOf(noiseProbes.flatMap(({ stealShare }) => stealShare ?? []));
  const signs = [
    spread > mostSpinSpread ? `a fixed computation took up to ${percent(spread)} longer` : '',
    pressure > mostPressure ? `programs waited for a CPU ${percent(pressure)} of the time` : '',
    steal > mostSteal ? `${percent(steal)} of CPU time went to other guests` : '',
  ].filter((sign) => sign !== '');
  if (signs.length === 0) return [];
  return [
    {
      code: 'noisy-host',
      severity: 'warn',
      message: `the machine was not quiet between trials: ${signs.join('; ')}`,
      advice: 'end other programs, fix the CPU frequency, or use a machine of its own',
    },
  ];
}
