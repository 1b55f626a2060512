import { percentileCurve } from '../../../results/document/percentile-curve.ts';
import type { Measurement } from '../../../results/document/run-document.ts';
import { type Window, windowOf } from '../../../results/select.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { formatNumber, listed } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { named, type ServerTimes, timesOf } from '../../findings/server-times.ts';
import { spreadText } from '../../findings/spread.ts';
import type { LinesSpec } from '../chart-spec.ts';
import { figure, idPart, table, whiskerOf } from '../figure.ts';
import type { Html } from '../html.ts';
import { shortName } from '../short-name.ts';

/** What a closed loop's times are, said wherever they are shown. */
const closedLoopCaution =
  'Closed loop: each connection waits for its answer before it asks again, so these times say nothing about response time under a given load.';

/**
 * Times by percentile on HdrHistogram's axis: response time from the intended send in an open loop, service
 * time from the actual send in the closed loop. Null where no trial has such a window.
 */
export function times(
  contest: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  window: Window,
  className: string | null,
): Html | null {
  const { workload, servers } = contest;
  const measured = servers.flatMap(({ trials }) =>
    trials.flatMap((trial) => windowOf(trial, window) ?? []),
  );
  if (measured.length === 0) return null;
  const rows = servers.flatMap((entry) => timesOf(entry, looks, window, className) ?? []);
  const title = `${titleOf(window, measured)}${className === null ? '' : `, ${className} requests`}`;
  const missing = servers
    .filter(({ server }) => !rows.some(({ label }) => label === server.name))
    .map(({ server }) => server.name);
  const absent = missing.length > 0 ? ` Without numbers that may be used: ${listed(missing)}.` : '';
  return figure({
    id: ['times', window, workload.name, className ?? 'all'].map(idPart).join('-'),
    title,
    note: `${noteOf(window)}${whiskersOf(rows)}${absent}`,
    summary: summaryOf(rows),
    spec: rows.length > 0 ? specOf(rows, window) : null,
    numbers: table(
      `${title}, ${workload.name}, ms`,
      [
        { title: 'server', cell: ({ label }: ServerTimes) => label },
        ...named.map(({ percentile }, index) => ({
          title: `p${percentile}`,
          numeric: true,
          cell: ({ spreads }: ServerTimes) => spreadText(spreads[index] ?? null),
        })),
      ],
      rows,
    ),
  });
}

function titleOf(window: Window, measured: readonly Measurement[]): string {
  if (window === 'closed') return 'Service time, closed loop';
  if (window === 'proportional') return 'Response time near each server’s own capacity';
  const rates = measured.flatMap(({ offeredPerSecond }) => offeredPerSecond ?? []);
  const range = { low: Math.min(...rates), high: Math.max(...rates) };
  return `Response time at ${formatNumber((range.low + range.high) / 2, range)} requests/s`;
}

function noteOf(window: Window): string {
  if (window === 'closed') return closedLoopCaution;
  const rate =
    window === 'shared'
      ? 'the same rate for every server'
      : 'each server at a share of its own capacity';
  return `Open loop, ${rate}, timed from when a request was to be sent.`;
}

function whiskersOf(rows: readonly ServerTimes[]): string {
  const blocks = Math.max(
    0,
    ...rows.flatMap(({ spreads }) => spreads.map((one) => one?.blocks ?? 0)),
  );
  return blocks > 1
    ? ` Lines: all ${blocks} blocks together; whiskers: lowest and highest block.`
    : '';
}

function summaryOf(rows: readonly ServerTimes[]): string {
  return named
    .flatMap(({ percentile }, index) => {
      const texts = rows.flatMap(({ label, spreads }) => {
        const spread = spreads[index];
        return spread ? [`${label} ${spreadText(spread)} ms`] : [];
      });
      return texts.length > 0 ? [`p${percentile}: ${texts.join(', ')}.`] : [];
    })
    .join(' ');
}

function specOf(rows: readonly ServerTimes[], window: Window): LinesSpec {
  const kind = window === 'closed' ? 'service time' : 'response time';
  const lines = rows.map(({ label, look, merged, spreads }) => ({
    label: shortName(label),
    look,
    points: percentileCurve(
      merged,
      named.map(({ percentile }) => percentile),
    ).map(({ percentile, ms }) => {
      const index = named.findIndex((one) => one.percentile === percentile);
      const spread = spreads[index] ?? null;
      return { x: percentile, y: ms, marked: spread !== null, range: spread && whiskerOf(spread) };
    }),
  }));
  const ys = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0);
  const logarithmic = Math.max(...ys) > 8 * Math.min(...ys);
  return {
    kind: 'lines',
    x: { title: 'percentile of requests', scale: 'percentile' },
    y: {
      title: logarithmic ? `${kind}, ms (log scale)` : `${kind}, ms`,
      scale: logarithmic ? 'logarithmic' : 'linear',
    },
    lines,
  };
}
