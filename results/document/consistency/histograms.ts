import { timesHeldBy } from '../distribution.ts';
import type { ClassMeasurement, Distribution, Measurement, RunDocument } from '../run-document.ts';

/**
 * Where a histogram cannot be read, or holds other times than those of the requests that were answered well; a
 * clause, or null. Unlike other contradictions these are costly to look for: a document is searched for them
 * when it is read, not whenever it grows.
 */
export function damagedHistogramIn({ trials }: RunDocument): string | null {
  for (const [index, trial] of trials.entries()) {
    for (const { times, held } of [...trial.measurements, ...trial.sweep].flatMap(expectations)) {
      const found = timesHeldBy(times);
      if (found === null) return `it is damaged at trials.${index}: a histogram cannot be read`;
      if (found !== held) {
        return `it contradicts itself: a histogram of trial ${index + 1} holds ${found} times instead of ${held}`;
      }
    }
  }
  return null;
}

interface Expectation {
  readonly times: Distribution;
  readonly held: number;
}

function expectations(measurement: Measurement): Expectation[] {
  const { sendLag, classes } = measurement;
  return [
    ...(sendLag ? [{ times: sendLag, held: sendLag.count }] : []),
    ...[measurement, ...classes].flatMap(expectationsOf),
  ];
}

function expectationsOf(part: Omit<ClassMeasurement, 'name'>): Expectation[] {
  const { requests, serviceTime, responseTime } = part;
  const both = responseTime ? [serviceTime, responseTime] : [serviceTime];
  return both.map((times) => ({ times, held: requests.ok }));
}
