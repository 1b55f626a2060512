import type { Trial } from '../results/run-document.ts';
import type { Metric } from '../results/verdicts/metric.ts';
import { measurementFor, readMetric } from '../results/verdicts/read-metric.ts';

/** Why a server has no number, in a word for a cell and a clause for whoever asks further. */
export function whyUnmeasured(
  trials: readonly Trial[],
  metric: Metric,
): { readonly word: string; readonly sentence: string } {
  const trial = trials.find((one) => !readMetric(one, metric).usable);
  const reading = trial && readMetric(trial, metric);
  if (!trial || !reading || reading.usable)
    return { word: 'not run', sentence: 'no trial was run' };
  if (trial.status !== 'ok') return { word: trial.status, sentence: trial.reason };
  const warnings = [...trial.warnings, ...(measurementFor(trial, metric)?.warnings ?? [])];
  const objection = warnings.find(({ severity }) => severity === 'void');
  if (!objection) return { word: 'no number', sentence: reading.reason };
  const word = objection.code === 'unstable' ? 'unstable' : 'void';
  return { word, sentence: objection.message };
}
