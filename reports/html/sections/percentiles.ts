import { percentileCurve } from '../../../results/document/percentile-curve.ts';
import type { Measurement } from '../../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../../results/format.ts';
import { type WindowName, windowOf } from '../../../results/select.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { LinesSpec, SeriesStyle } from '../../drawing/chart-spec.ts';
import type { Html } from '../../drawing/markup.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import {
  reportedPercentiles,
  type ServerTimes,
  serverTimes,
} from '../../findings/response-times.ts';
import { figure, idOf, noteOf, number, rangeOf, table, timeAxis } from '../figures/figure.ts';

/**
 * Times by percentile on HdrHistogram's axis: response time from the intended send in an open loop, service time from
 * the actual send in the closed loop. Null where no trial has such a window.
 */
export function percentiles(
  { workload, servers }: WorkloadRanking,
  styleOf: StyleOf,
  window: WindowName,
  className: string | null,
): Html | null {
  const measured = servers.flatMap(({ trials }) =>
    trials.flatMap((trial) => windowOf(trial, window) ?? []),
  );
  if (measured.length === 0) return null;
  const rows = servers.flatMap((entry) => serverTimes(entry, window, className) ?? []);
  const title = `${titleOf(window, measured)}${className === null ? '' : `, ${className} requests`}`;
  const absent = servers
    .map(({ server }) => server.name)
    .filter((name) => !rows.some(({ label }) => label === name));
  const blocks = Math.max(
    0,
    ...rows.flatMap(({ spreads }) => spreads.map((one) => one?.blocks ?? 0)),
  );
  return figure({
    title,
    note: noteOf(
      notes[window],
      blocks > 1 ? `Lines: all ${blocks} blocks together; whiskers: lowest and highest block.` : '',
      absent.length > 0 ? `No usable numbers: ${joinWithAnd(absent)}.` : '',
    ),
    charts:
      rows.length === 0
        ? []
        : [
            {
              id: idOf('times', window, workload.name, className ?? 'all'),
              summary: summaryOf(rows),
              spec: specOf(rows, window, styleOf),
            },
          ],
    numbers: table<ServerTimes>(
      `${title}, ${workload.name}, ms`,
      [
        { title: 'server', cell: ({ label }) => label },
        ...reportedPercentiles.map(({ percentile }, index) =>
          number(`p${percentile}`, ({ spreads }: ServerTimes) =>
            spreadText(spreads[index] ?? null),
          ),
        ),
      ],
      rows,
    ),
  });
}

const notes: Readonly<Record<WindowName, string>> = {
  closed:
    'Closed loop: each connection waits for its answer before it sends the next request, so these times say nothing about response time under a given load.',
  shared: 'Open loop, the same rate for every server; measured from the scheduled send time.',
  alone:
    'Open loop without requests of other classes: as many of this class as at the shared rate, the same for every server; measured from the scheduled send time.',
  proportional:
    'Open loop, each server at the same share of its own capacity; measured from the scheduled send time.',
};

function titleOf(window: WindowName, measured: readonly Measurement[]): string {
  if (window === 'closed') return 'Service time, closed loop';
  if (window === 'proportional') return 'Response time near each server’s own capacity';
  const rates = measured.flatMap(({ offeredPerSecond }) => offeredPerSecond ?? []);
  const range = { low: Math.min(...rates), high: Math.max(...rates) };
  const rate = `${formatNumber((range.low + range.high) / 2, range)} requests/s`;
  return `Response time ${window === 'alone' ? 'alone, ' : ''}at ${rate}`;
}

const summaryOf = (rows: readonly ServerTimes[]): string =>
  reportedPercentiles
    .flatMap(({ percentile }, index) => {
      const texts = rows.flatMap(({ label, spreads }) => {
        const spread = spreads[index];
        return spread ? [`${label} ${spreadText(spread)} ms`] : [];
      });
      return texts.length > 0 ? [`p${percentile}: ${texts.join(', ')}.`] : [];
    })
    .join(' ');

function specOf(rows: readonly ServerTimes[], window: WindowName, styleOf: StyleOf): LinesSpec {
  const kind = window === 'closed' ? 'service time' : 'response time';
  return percentileSpec(
    rows.map((row) => percentileLine(row, styleOf(row.label))),
    `${kind}, ms`,
  );
}

/** A server's times as a line over percentiles, with whiskers at the reported ones. */
export function percentileLine(
  { label, pooled, spreads }: ServerTimes,
  style: SeriesStyle,
): LinesSpec['lines'][number] {
  const marked = reportedPercentiles.map(({ percentile }) => percentile);
  const points = percentileCurve(pooled, marked).map(({ percentile, ms }) => {
    const spread = spreads[reportedPercentiles.findIndex((one) => one.percentile === percentile)];
    return { x: percentile, y: ms, ...(spread && { marked: true, range: rangeOf(spread) }) };
  });
  return { label: shortName(label), style, points };
}

export const percentileSpec = (lines: LinesSpec['lines'], title: string): LinesSpec => ({
  kind: 'lines',
  x: { title: 'percentile of requests', scale: 'percentile' },
  y: timeAxis(
    title,
    lines.flatMap(({ points }) => points.map(({ y }) => y)),
  ),
  lines,
});
