import type { Trial } from '../../results/document/run-document.ts';

/** How many trials failed, controls apart as in the report; null when none did. */
export function failuresInWords(trials: readonly Trial[]): string | null {
  const parts = [
    ...failedOf(trials, 'comparison', 'trials'),
    ...failedOf(trials, 'control', 'controls'),
  ];
  return parts.length > 0 ? parts.join(' and ') : null;
}

function failedOf(trials: readonly Trial[], purpose: Trial['purpose'], noun: string): string[] {
  const all = trials.filter((trial) => trial.purpose === purpose);
  const failed = all.filter(({ status }) => status === 'failed').length;
  return failed > 0 ? [`${failed} of ${all.length} ${noun} failed`] : [];
}
