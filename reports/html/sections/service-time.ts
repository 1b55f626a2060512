import type { Distribution, Measurement } from '../../../results/run-document.ts';
import type { Contest } from '../../contest.ts';
import { formatMs } from '../../numbers.ts';
import type { Look } from '../../palette.ts';
import { type Spread, spreadOf } from '../../spread.ts';
import { byBlock, classOf } from '../../trials.ts';
import type { LinesSpec } from '../chart-spec.ts';
import { figure, idPart, spreadText, table, whiskerOf } from '../figure.ts';
import type { Html } from '../html.ts';

const percentiles = [
  { x: 50, title: 'p50', of: ({ p50Ms }: Distribution) => p50Ms },
  { x: 90, title: 'p90', of: ({ p90Ms }: Distribution) => p90Ms },
  { x: 95, title: 'p95', of: ({ p95Ms }: Distribution) => p95Ms },
  { x: 99, title: 'p99', of: ({ p99Ms }: Distribution) => p99Ms },
  { x: 99.9, title: 'p99.9', of: ({ p999Ms }: Distribution) => p999Ms },
] as const;

/** What a closed loop's times are, said wherever they are shown. */
export const closedLoopCaution =
  'Closed loop: each connection waits for its answer before it asks again, so these times say nothing about response time under a given load.';

/** One percentile chart a class: service time, from the actual send. */
export function serviceTimes(contest: Contest, looks: ReadonlyMap<string, Look>): Html[] {
  const { classes } = contest.workload;
  if (classes.length < 2) return [serviceTime(contest, looks, null)];
  return classes.map(({ name }) => serviceTime(contest, looks, name));
}

interface Row {
  readonly label: string;
  readonly look: Look;
  readonly spreads: readonly (Spread | null)[];
}

function serviceTime(
  contest: Contest,
  looks: ReadonlyMap<string, Look>,
  className: string | null,
): Html {
  const rows = contest.entries.flatMap(({ server, trials }): Row[] => {
    const look = looks.get(server.name);
    const times = (measurement: Measurement) =>
      (className === null ? measurement : classOf(measurement, className))?.serviceTime;
    const spreads = percentiles.map(({ of }) =>
      spreadOf(
        byBlock(trials, (measurement) => {
          const distribution = times(measurement);
          return distribution ? of(distribution) : null;
        }),
      ),
    );
    return look && spreads.some((spread) => spread) ? [{ label: server.name, look, spreads }] : [];
  });
  const { name } = contest.workload;
  const title = className === null ? 'Service time' : `Service time of ${className} requests`;
  const range = rows.some(({ spreads }) => spreads.some((spread) => (spread?.blocks ?? 0) > 1))
    ? ' Points are medians of the blocks, whiskers the lowest and highest block.'
    : '';
  return figure({
    id: `service-time-${idPart(name)}${className === null ? '' : `-${idPart(className)}`}`,
    title,
    note:
      rows.length === 0
        ? 'No trial gave service times that may be used.'
        : `${closedLoopCaution}${range}`,
    summary: `Half of the requests were answered within: ${rows.map(({ label, spreads }) => `${label} ${formatMs(spreads[0]?.median ?? null)} ms`).join(', ')}; 99 % within: ${rows.map(({ label, spreads }) => `${label} ${formatMs(spreads[3]?.median ?? null)} ms`).join(', ')}.`,
    spec: rows.length > 0 ? linesSpec(rows) : null,
    numbers: table(
      `${title} of ${name}, ms, closed loop`,
      [
        { title: 'server', cell: ({ label }: Row) => label },
        ...percentiles.map((percentile, index) => ({
          title: percentile.title,
          numeric: true,
          cell: ({ spreads }: Row) => spreadText(spreads[index] ?? null),
        })),
      ],
      rows,
    ),
  });
}

function linesSpec(rows: readonly Row[]): LinesSpec {
  const medians = rows.flatMap(({ spreads }) => spreads.flatMap((spread) => spread?.median ?? []));
  const logarithmic = Math.max(...medians) > 8 * Math.min(...medians) && Math.min(...medians) > 0;
  return {
    kind: 'lines',
    x: { title: 'percentile of requests', scale: 'percentile' },
    y: {
      title: logarithmic ? 'service time, ms (log scale)' : 'service time, ms',
      scale: logarithmic ? 'logarithmic' : 'linear',
    },
    lines: rows.map(({ label, look, spreads }) => ({
      label,
      look,
      points: spreads.flatMap((spread, index) => {
        const x = percentiles[index]?.x;
        return spread && x !== undefined ? [{ x, y: spread.median, range: whiskerOf(spread) }] : [];
      }),
    })),
  };
}
