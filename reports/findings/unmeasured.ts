import type { Trial } from '../../results/document/run-document.ts';
import { windowOf } from '../../results/select.ts';
import type { Metric } from '../../results/verdicts/metric.ts';
import { readMetric, windowFor } from '../../results/verdicts/reading.ts';

/** Why a server has no number, in a word for a cell and a clause for whoever asks further. */
export function whyUnmeasured(
  trials: readonly Trial[],
  metric: Metric,
): { readonly word: string; readonly sentence: string } {
  const unusable = trials.flatMap((trial) => {
    const reading = readMetric(trial, metric);
    return reading.usable ? [] : [{ trial, reading }];
  });
  // The first block has no open loops: that others tried and failed tells more.
  const found = unusable.find(({ reading }) => reading.cause !== 'absent') ?? unusable[0];
  if (!found) return { word: 'not run', sentence: 'no trial was run' };
  const { trial, reading } = found;
  if (trial.status !== 'ok') return { word: trial.status, sentence: trial.reason };
  const warnings = [...trial.warnings, ...(windowOf(trial, windowFor(metric))?.warnings ?? [])];
  const objection = warnings.find(({ severity }) => severity === 'void');
  if (!objection) return { word: 'no number', sentence: reading.reason };
  const word = objection.code === 'overloaded' ? 'overloaded' : 'void';
  return { word, sentence: objection.message };
}
