import type { Predictions } from '../../../results/predictions.ts';
import { windowOf } from '../../../results/select.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { formatNumber } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { barFigure } from '../bar-figure.ts';
import type { Html } from '../html.ts';

type Looks = ReadonlyMap<string, Look>;

/** Requests answered a second, by server. */
export const throughput = (
  contest: WorkloadRanking,
  looks: Looks,
  predictions: Predictions,
): Html =>
  barFigure(contest, looks, {
    id: 'throughput',
    title: contest.workload.classes.length > 1 ? 'Throughput, all classes together' : 'Throughput',
    axis: 'requests/s',
    about: 'Requests answered a second, closed loop',
    missing: 'No trial gave a throughput that may be used.',
    window: 'closed',
    of: ({ throughputPerSecond }) => throughputPerSecond,
    expected: (server) => predictions.get(server)?.throughputPerSecond ?? null,
    expectation: 'the ceiling',
  });

/** The mean response time at the rate common to all; null where there was no open loop. */
export function meanResponse(
  contest: WorkloadRanking,
  looks: Looks,
  predictions: Predictions,
): Html | null {
  const rates = contest.servers.flatMap(({ trials }) =>
    trials.flatMap((trial) => windowOf(trial, 'shared')?.offeredPerSecond ?? []),
  );
  const [rate] = rates;
  if (rate === undefined) return null;
  const all = contest.workload.classes.length > 1 ? ', all classes together' : '';
  return barFigure(contest, looks, {
    id: 'mean-response',
    title: `Mean response time${all}`,
    axis: 'ms',
    about: `Open loop, ${formatNumber(rate)} requests/s for every server`,
    missing: 'No trial gave a response time that may be used.',
    window: 'shared',
    of: ({ responseTime }) => responseTime?.meanMs ?? null,
    expected: (server) => predictions.get(server)?.meanResponseMs(rate) ?? null,
    expectation: 'the mean',
  });
}
