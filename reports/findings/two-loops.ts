import type { Measurement, RunDocument } from '../../results/document/run-document.ts';
import { formatNumber, plural } from '../../results/format.ts';
import { shownPercentile } from '../../results/percentile.ts';
import { timesOf, usableWindow, valuesByBlock } from '../../results/select.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { hasSeveralClasses } from '../../results/verdicts/main-window.ts';
import type { RankedServer, WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { type ServerTimes, serverTimes } from './response-times.ts';

/** One server's times by both kinds of load. */
export interface TwoLoops {
  readonly workload: string;
  readonly server: string;
  readonly className: string | null;
  readonly open: ServerTimes;
  readonly closed: ServerTimes;
  /** What a closed loop shows and hides, with the numbers of this server. */
  readonly sentences: readonly string[];
}

/**
 * The server and workload whose times differ most between the two kinds of load. Null where none was measured by both.
 */
export function twoLoopsOf(
  { plan }: RunDocument,
  rankings: readonly WorkloadRanking[],
): TwoLoops | null {
  const found = rankings.flatMap((ranking) => {
    const className = hasSeveralClasses(ranking.workload)
      ? (ranking.workload.classes[0]?.name ?? null)
      : null;
    return ranking.servers.flatMap((entry) => {
      const sentences = sentencesOf(entry, ranking, plan.connections);
      const [fast, slow] = [
        typicalMs(entry, 'shared', className),
        typicalMs(entry, 'closed', className),
      ];
      if (!sentences || fast === null || slow === null) return [];
      const difference = fast > 0 && slow > 0 ? Math.abs(Math.log(slow / fast)) : 0;
      return [{ entry, workload: ranking.workload.name, className, sentences, difference }];
    });
  });
  const [most] = found.toSorted((a, b) => b.difference - a.difference);
  if (!most) return null;
  const { entry, workload, className, sentences } = most;
  const open = serverTimes(entry, 'shared', className);
  const closed = serverTimes(entry, 'closed', className);
  return open && closed
    ? { workload, server: entry.server.name, className, open, closed, sentences }
    : null;
}

/** The median over the blocks of their medians: to pool the times of every server takes long. */
function typicalMs(
  { trials }: RankedServer,
  window: 'closed' | 'shared',
  className: string | null,
): number | null {
  const medians = valuesByBlock(
    trials,
    window,
    (measurement) => timesOf(measurement, className)?.p50Ms ?? null,
  );
  return medians.size > 0 ? medianOf([...medians.values()]) : null;
}

function sentencesOf(
  { trials }: RankedServer,
  { metric }: WorkloadRanking,
  connections: number,
): string[] | null {
  const median = (
    window: 'closed' | 'shared',
    of: (one: Measurement) => number | null | undefined,
  ) => {
    const values = trials.flatMap((trial) => {
      const measurement = usableWindow(trial, window);
      return (measurement && of(measurement)) ?? [];
    });
    return values.length > 0 ? medianOf(values) : null;
  };
  const served = median('closed', ({ throughputPerSecond }) => throughputPerSecond);
  const mean = median('closed', ({ serviceTime }) => serviceTime.meanMs);
  const offered = median('shared', ({ offeredPerSecond }) => offeredPerSecond);
  const openMean = median('shared', ({ responseTime }) => responseTime?.meanMs);
  if (served === null || mean === null || offered === null || openMean === null) return null;
  const tail = median(
    'shared',
    ({ responseTime }) => (responseTime && shownPercentile(responseTime, 'p99')) ?? null,
  );
  const percentile =
    metric.kind === 'response-time' ? '' : tail === null ? '' : `, p99 ${formatNumber(tail)} ms`;
  return [
    `Closed loop: ${plural(connections, 'connection')}; each sends its next request when the last one is answered. While the server stalls, nothing is sent, so a stall delays at most ${plural(connections, 'request')}, however many users would have come (coordinated omission). The mean is always connections ÷ throughput: ${connections} ÷ ${formatNumber(served)}/s = ${formatNumber((1000 * connections) / served)} ms; measured ${formatNumber(mean)} ms.`,
    `Open loop: ${formatNumber(offered)} requests/s at random moments, answered or not, each timed from the moment it was due: mean ${formatNumber(openMean)} ms${percentile}. Response times in this report are from open loops, throughput from closed ones.`,
  ];
}
