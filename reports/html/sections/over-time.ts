import type { Interval, PlannedServer } from '../../../results/document/run-document.ts';
import { usableWindow } from '../../../results/select.ts';
import { spreadOf } from '../../../results/statistics/spread.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { formatNumber, listed } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { type Column, idPart, table } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { type Panel, panelsFigure } from '../panels.ts';
import { shortName } from '../short-name.ts';

/** Charts have at most so many points a line. */
const mostPoints = 40;

interface Stretch {
  readonly startSeconds: number;
  readonly value: number;
}

interface Line {
  readonly server: PlannedServer;
  readonly look: Look;
  readonly points: readonly Stretch[];
}

const quantities = [
  {
    id: 'throughput',
    title: 'Throughput',
    axis: 'requests/s',
    of: ({ completed, durationSeconds }: Interval) => completed / durationSeconds,
  },
  {
    id: 'cores',
    title: 'Cores kept busy',
    axis: 'cores',
    of: ({ serverCpuSeconds, durationSeconds }: Interval) =>
      serverCpuSeconds === null ? null : serverCpuSeconds / durationSeconds,
  },
  {
    id: 'loop-delay',
    title: 'Event-loop delay',
    axis: 'ms',
    of: ({ eventLoopDelayMs }: Interval) => eventLoopDelayMs,
  },
] as const;

/** How throughput, CPU and event-loop delay went through the closed-loop window, above each other on one time axis. */
export function overTime(contest: WorkloadRanking, looks: ReadonlyMap<string, Look>): Html {
  const { name } = contest.workload;
  const charts = quantities
    .map((quantity) => ({ ...quantity, lines: linesOf(contest, looks, quantity.of) }))
    .filter(({ lines }) => lines.length > 0);
  const lines = charts.flatMap((chart) => chart.lines);
  const last = Math.max(0, ...lines.flatMap(({ points }) => points.at(-1)?.startSeconds ?? 0));
  const letters = Math.max(0, ...lines.map(({ server }) => shortName(server.name).length));
  return panelsFigure({
    title: 'Over time',
    note: [
      charts.length > 0
        ? 'Closed loop, after the warm-up: at each moment the median of the blocks.'
        : 'Nothing was recorded that could be drawn over time.',
      ...loopDelayNotes(contest, charts.find(({ id }) => id === 'loop-delay')?.lines ?? []),
    ].join(' '),
    layout: 'stacked',
    panels: charts.map(
      ({ id, title, axis, lines: drawn }, index): Panel => ({
        id: `over-time-${id}-${idPart(name)}`,
        title: `${title}, ${axis}`,
        summary: `${title}, from lowest to highest: ${drawn.map(({ server, points }) => `${server.name} ${extremes(points)}`).join(', ')} ${axis}.`,
        spec: {
          kind: 'lines',
          x: { title: index === charts.length - 1 ? 'seconds' : '', scale: 'linear', max: last },
          y: { title: axis, scale: 'linear', width: 76 },
          letters,
          lines: drawn.map(({ server, look, points }) => ({
            label: shortName(server.name),
            look,
            points: points.map(({ startSeconds, value }) => ({
              x: startSeconds,
              y: value,
              marked: false,
              range: null,
            })),
          })),
        },
      }),
    ),
    numbers: html`${charts.map(({ title, axis, lines: drawn }) =>
      table(`${title} over time, ${name}, ${axis}`, columns, drawn),
    )}`,
  });
}

function linesOf(
  { servers }: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  quantity: (interval: Interval) => number | null,
): Line[] {
  return servers.flatMap(({ server, trials }) => {
    const series = trials.flatMap((trial) => {
      const stretches = stretchesOf(usableWindow(trial, 'closed')?.intervals ?? [], quantity);
      return stretches.length > 0 ? [stretches] : [];
    });
    const look = looks.get(server.name);
    const points = medianOver(series);
    return look && points.length > 1 ? [{ server, look, points }] : [];
  });
}

/** What event-loop delay is, where some server told it; and of which measured servers there is none. */
function loopDelayNotes({ servers }: WorkloadRanking, told: readonly Line[]): string[] {
  const without = servers
    .filter(({ trials }) => trials.some((trial) => usableWindow(trial, 'closed')))
    .map(({ server }) => server)
    .filter((server) => !told.some((line) => line.server === server));
  // The real systems behind these models run Go and Python.
  const hasNone = ({ kind, modelledBy }: PlannedServer) =>
    kind === 'reference' && modelledBy !== 'event-loop';
  const named = (servers: readonly PlannedServer[]) => listed(servers.map(({ name }) => name));
  const none = without.filter(hasNone);
  const untold = without.filter((server) => !hasNone(server));
  return [
    ...(told.length > 0
      ? [
          'Event-loop delay: the longest that a timer fired late in each tenth of a second, in the server itself; of several loops the worst.',
        ]
      : []),
    ...(none.length > 0 ? [`${named(none)}: no event loop to measure.`] : []),
    ...(untold.length > 0 ? [`Event-loop delay was not told by ${named(untold)}.`] : []),
  ];
}

const columns: readonly Column<Line>[] = [
  { title: 'server', cell: ({ server }) => server.name },
  {
    title: 'at each moment',
    cell: ({ points }) =>
      points
        .map((point) => `${formatNumber(point.startSeconds)} s: ${formatNumber(point.value)}`)
        .join('; '),
  },
];

/** Intervals joined into at most `mostPoints` of equal length, with the mean of a quantity over each. */
function stretchesOf(
  intervals: readonly Interval[],
  quantity: (interval: Interval) => number | null,
): Stretch[] {
  const each = Math.max(1, Math.ceil(intervals.length / mostPoints));
  return Array.from({ length: Math.floor(intervals.length / each) }, (_, index) => {
    const joined = intervals.slice(index * each, (index + 1) * each);
    const values = joined.map(quantity).filter((value) => value !== null);
    const value = values.reduce((sum, one) => sum + one, 0) / values.length;
    return { startSeconds: joined[0]?.startSeconds ?? 0, value };
  }).filter(({ value }) => Number.isFinite(value));
}

function medianOver(series: readonly (readonly Stretch[])[]): Stretch[] {
  const shortest = Math.min(...series.map((one) => one.length));
  const [first = []] = series;
  return first.slice(0, shortest).map(({ startSeconds }, index) => {
    const values = series.map((one, block) => [block, one[index]?.value ?? 0] as const);
    return { startSeconds, value: spreadOf(new Map(values))?.median ?? 0 };
  });
}

function extremes(points: readonly Stretch[]): string {
  const values = points.map(({ value }) => value);
  return `${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
}
