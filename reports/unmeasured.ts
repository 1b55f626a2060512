import type { Trial } from '../results/run-document.ts';
import { usableIn, warningsOf } from './trials.ts';

/** Why a server has no number on a workload, in a word for a cell and a sentence for whoever asks further. */
export function whyUnmeasured(trials: readonly Trial[]): {
  readonly word: string;
  readonly sentence: string;
} {
  const trial = trials.find((one) => !usableIn(one, 'closed'));
  if (!trial) return { word: 'not run', sentence: 'no trial of it was run' };
  if (trial.status !== 'ok') return { word: trial.status, sentence: trial.reason };
  const doubt = warningsOf(trial).find(({ severity }) => severity === 'void');
  return { word: 'void', sentence: doubt?.message ?? 'its numbers must not be used' };
}
