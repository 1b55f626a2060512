import { type Metric, metricInWords } from './metric.ts';
import { isTried, type Reading } from './read-metric.ts';

/**
 * Blocks in which a server has no number through its own doing: it crashed, left requests unanswered or
 * could not keep up. There it did worse than any number, so that the blocks it survived flatter it.
 */
export interface Loss {
  readonly server: string;
  readonly blocks: number;
  /** A clause: "pool had no p99 response time in 4 of 6 blocks (…)". */
  readonly reason: string;
}

/** @param readings one for each block; blocks that were not measured at all do not count */
export function lossOf(server: string, metric: Metric, readings: readonly Reading[]): Loss | null {
  const lost = readings.flatMap((one) => (!one.usable && one.cause === 'server' ? [one] : []));
  const [first] = lost;
  if (!first) return null;
  const tried = readings.filter(isTried).length;
  const reason = `${server} had no ${metricInWords(metric)} in ${lost.length} of ${tried} blocks (${first.reason})`;
  return { server, blocks: lost.length, reason };
}

export function lossesInWords(losses: readonly Loss[]): string {
  return losses.map(({ reason }) => reason).join('; ');
}
