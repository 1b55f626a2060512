import type { RunDocument, Warning } from '../run-document.ts';
import { percent } from '../verdicts/ratio-in-words.ts';

/** A quiet machine does the same computation in the same time, without anyone waiting for a CPU. */
export const mostSpinSpread = 0.05;
const mostPressure = 0.1;
const mostSteal = 0.01;

/** What the canaries, each at the start of a block with nothing of ours running, say of the machine. */
export function noisyHost({ canaries }: Pick<RunDocument, 'canaries'>): Warning[] {
  if (canaries.length === 0) return [];
  const spins = canaries.map(({ spinMs }) => spinMs);
  const spread = Math.max(...spins) / Math.min(...spins) - 1;
  const pressure = Math.max(...canaries.map(({ cpuPressureShare }) => cpuPressureShare ?? 0));
  const steal = Math.max(...canaries.map(({ stealShare }) => stealShare ?? 0));
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
