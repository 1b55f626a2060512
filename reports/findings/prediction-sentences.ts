import { formatNumber, percent } from '../../results/format.ts';
import type { PredictionError } from '../../results/prediction-errors.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { serverInWords } from './words.ts';

/** The error of a prediction: "−3 %", "+31 %". */
const errorText = (error: number): string => `${error < 0 ? '−' : '+'}${percent(Math.abs(error))}`;

/** How far the predicted mean response times are off: "Median error: pool 4.2 %."; empty where nothing can be compared. */
export function medianErrors(errors: readonly PredictionError[]): string {
  const ofTimes = errors.filter(({ of }) => of !== 'capacity');
  const texts = [...Map.groupBy(ofTimes, ({ server }) => server)].map(
    ([server, all]) => `${server} ${percent(medianOf(all.map(({ error }) => Math.abs(error))))}`,
  );
  return texts.length > 0 ? `Median error: ${texts.join(', ')}.` : '';
}

/** For each server whose prediction misses by much: the largest error, and the assumption that fails, if one is known. */
export function predictionSentences(
  workload: string,
  errors: readonly PredictionError[],
): string[] {
  const missed = errors.filter(({ isClose }) => !isClose);
  return [...Map.groupBy(missed, ({ server }) => server)].flatMap(([server, all]) => {
    const [largest] = all.toSorted((a, b) => Math.abs(b.error) - Math.abs(a.error));
    if (!largest) return [];
    const { of, predicted, measured, isAtLeast, error, failedAssumption } = largest;
    const what =
      of === 'capacity'
        ? `a capacity of ${formatNumber(predicted)} requests/s`
        : `a mean response time of ${formatNumber(predicted)} ms at ${formatNumber(of.offeredPerSecond)} requests/s`;
    const unit = of === 'capacity' ? 'requests/s' : 'ms';
    return [
      `On ${workload}, queueing theory predicts ${what} for ${serverInWords(server)}; measured: ${isAtLeast ? 'at least ' : ''}${formatNumber(measured)} ${unit} (${errorText(error)}). ${failedAssumption === null ? 'The figures of the run do not show why.' : `Probable cause: ${failedAssumption}.`}`,
    ];
  });
}
