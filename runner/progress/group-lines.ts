import { whyUnmeasured } from '../../reports/findings/cell-text.ts';
import { ratioSoFar } from '../../reports/findings/numbers.ts';
import { printable } from '../../reports/terminal/text.ts';
import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../results/format.ts';
import { inverseRatio } from '../../results/statistics/log-ratio.ts';
import type { Metric } from '../../results/verdicts/metric.ts';
import {
  type RankedServer,
  rankWorkloads,
  type WorkloadRanking,
} from '../../results/verdicts/ranking.ts';
import { readMetric } from '../../results/verdicts/reading.ts';
import { undecidedServers } from '../../results/verdicts/undecided.ts';

/**
 * What a finished group showed, by the workload's main metric: a line with the number of each server and, from the
 * second block on, the ratios so far; and a line for each trial that failed.
 *
 * @param document everything measured so far
 */
export function groupLines(trials: readonly Trial[], document: RunDocument): string[] {
  const [any] = trials;
  const ranking = rankWorkloads(document).find(({ workload }) => workload.name === any?.workload);
  if (!any || !ranking) return [];
  const name = printable(`block ${any.block + 1} ${any.workload}`);
  const inPlanOrder = ranking.servers.map(({ server }) => server.name);
  const measured = trials
    .filter(({ status, measurements }) => status === 'ok' && measurements.length > 0)
    .toSorted((a, b) => inPlanOrder.indexOf(a.server) - inPlanOrder.indexOf(b.server));
  const failed = trials.flatMap((trial) =>
    trial.status === 'ok' || isReported(trial, document)
      ? [] // a server that is not available would be reported in every block
      : [`${name}: ${nameOf(trial)} ${outcomeOf(trial)}`],
  );
  const curve = curveOf(trials);
  if (measured.length === 0) return [...(curve ? [`${name}: ${curve}`] : []), ...failed];
  const amounts = `${name}${labelOf(ranking.metric)}: ${amountsOf(measured, ranking.metric)}`;
  const soFar = [ratiosOf(ranking), decidedOf(measured, ranking, document)].filter(Boolean);
  return [[amounts, soFar.join(', '), curve].filter(Boolean).join(partSeparator), ...failed];
}

/** Whether the server was skipped for the same reason in an earlier block. */
const isReported = (trial: Trial, { trials }: RunDocument): boolean =>
  trial.status === 'skipped' &&
  trials.some(
    (earlier) =>
      earlier.status === 'skipped' &&
      earlier.block < trial.block &&
      earlier.server === trial.server &&
      earlier.workload === trial.workload &&
      earlier.reason === trial.reason,
  );

/** Between the numbers of a block and the ratios so far: where a line that is too long is broken. */
export const partSeparator = ' · ';

/** "load curve at 40 and 220 req/s"; empty where none of it was measured. */
function curveOf(trials: readonly Trial[]): string {
  const loads = trials.flatMap(({ curve }) =>
    curve.flatMap(({ offeredPerSecond }) => offeredPerSecond ?? []),
  );
  if (loads.length === 0) return '';
  const inOrder = [...new Set(loads)].toSorted((a, b) => a - b).map((load) => formatNumber(load));
  return `load curve at ${joinWithAnd(inOrder)} req/s`;
}

const labelOf = (metric: Metric): string =>
  metric.kind === 'throughput'
    ? ''
    : printable(`, ${[metric.className ?? [], metric.percentile].flat().join(' ')}`);

/** "event-loop 41 req/s, prefork 79, pool void": the unit once. */
function amountsOf(trials: readonly Trial[], metric: Metric): string {
  const readings = trials.map((trial) => ({ trial, reading: readMetric(trial, metric) }));
  const withUnit = readings.findIndex(({ reading }) => reading.usable);
  const unit = metric.kind === 'throughput' ? ' req/s' : ' ms';
  return readings
    .map(({ trial, reading }, index) => {
      const amount = reading.usable
        ? `${formatNumber(reading.value)}${index === withUnit ? unit : ''}`
        : whyUnmeasured([trial], metric).word;
      return `${nameOf(trial)} ${amount}`;
    })
    .join(', ');
}

const nameOf = ({ server, purpose }: Trial): string =>
  printable(purpose === 'control' ? `${server} again` : server);

const outcomeOf = (trial: Exclude<Trial, { status: 'ok' }>): string =>
  trial.status === 'interrupted' ? 'interrupted' : `${trial.status}: ${printable(trial.reason)}`;

/** More ratios than this make no line that is read at a glance; those that are undecided come first. */
const mostRatios = 3;

/**
 * The larger value over the smaller one: "pool 1.9× event-loop (1.7–2.1), 1.0× prefork (0.9–1.1)", or for response times
 * "event-loop 22× pool (18–25), prefork 1.0× (0.9–1.1)".
 */
function ratiosOf({ leader, servers, metric }: WorkloadRanking): string {
  if (!leader) return '';
  const { name } = leader.server;
  const byInterest = ({ position }: RankedServer) => (position === 'undecided' ? 0 : 1);
  return servers
    .toSorted((a, b) => byInterest(a) - byInterest(b))
    .flatMap(({ server, toLeader }) => (toLeader ? [{ server, toLeader }] : []))
    .slice(0, mostRatios)
    .map(({ server, toLeader }, index) => {
      if (metric.kind === 'throughput') {
        const { factor, range } = ratioSoFar(inverseRatio(toLeader));
        return `${index === 0 ? `${name} ` : ''}${factor} ${server.name}${range}`;
      }
      const { factor, range } = ratioSoFar(toLeader);
      return `${server.name} ${factor}${index === 0 ? ` ${name}` : ''}${range}`;
    })
    .map(printable)
    .join(', ');
}

/** "decided", or "event-loop decided"; empty where more blocks have something to show about all of these servers. */
function decidedOf(
  trials: readonly Trial[],
  { workload, servers }: WorkloadRanking,
  document: RunDocument,
): string {
  const compared = servers.filter(
    ({ position }) => position !== 'unmeasured' && position !== 'uncompared',
  );
  if (compared.length < 2) return '';
  const undecided = undecidedServers(document).get(workload.name);
  if (!undecided) return 'decided';
  const decided = compared
    .map(({ server }) => server.name)
    .filter((name) => !undecided.servers.has(name) && trials.some(({ server }) => server === name));
  return decided.length > 0 ? `${printable(joinWithAnd(decided))} decided` : '';
}
