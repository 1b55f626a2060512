import type { NoiseProbe } from '../../results/document/run-document.ts';
import { mostSpinSpread } from '../../results/gates/noisy-host.ts';
import { meanOf } from '../../results/statistics/summary.ts';
import { bad, type Finding, good, mind } from './finding.ts';

/** Whether the machine is quiet enough, from several looks at it with nothing of ours running. */
export function judgeNoise(noiseProbes: readonly NoiseProbe[]): Finding[] {
  const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
  const fastest = Math.min(...spins);
  const spread = Math.max(...spins) / fastest - 1;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const speed = `the same computation takes ${fastest.toFixed(2)} ms, and up to ${percent(spread)} more`;
  const steady =
    spread <= mostSpinSpread
      ? good('steadiness', speed)
      : mind(
          'steadiness',
          speed,
          'The CPU changes speed or is shared. Close other programs; fix the frequency governor (cpupower frequency-set -g performance); prefer a machine of your own.',
        );
  const pressure = average(noiseProbes.map(({ cpuPressureShare }) => cpuPressureShare));
  const steal = average(noiseProbes.map(({ stealShare }) => stealShare));
  return [
    steady,
    ...(pressure === null ? [] : [judgeShare('CPU pressure', pressure, percent(pressure))]),
    ...(steal === null ? [] : [judgeShare('stolen time', steal, percent(steal))]),
  ];
}

function judgeShare(subject: string, share: number, percent: string): Finding {
  if (share <= 0.02) return good(subject, percent);
  const advice =
    subject === 'stolen time'
      ? 'Other guests of the same host take CPU time: prefer a machine of your own, or repeat at a quieter hour.'
      : 'Other programs wait for the CPUs: close them before measuring.';
  return share <= 0.1 ? mind(subject, percent, advice) : bad(subject, percent, advice);
}

function average(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length > 0 ? meanOf(known) : null;
}
