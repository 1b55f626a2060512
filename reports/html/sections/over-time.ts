import type { Interval } from '../../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../../results/format.ts';
import { usableWindow } from '../../../results/select.ts';
import { meanOf, medianOf } from '../../../results/statistics/summary.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html } from '../../drawing/markup.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { type Column, figure, idOf, noteOf, table } from '../figures/figure.ts';

/** Fewest points that a line is drawn with, and most after joining neighbours. */
const [fewestPoints, mostPoints] = [8, 40];

interface Point {
  readonly startSeconds: number;
  readonly value: number;
}

interface Line {
  readonly server: string;
  readonly points: readonly Point[];
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
    title: 'CPU use',
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

/**
 * Throughput, CPU use and event-loop delay during the closed-loop window, stacked on one time axis. Null where the
 * window was too short to show a course of time.
 */
export function overTime({ workload, servers }: WorkloadRanking, styleOf: StyleOf): Html | null {
  const panels = quantities
    .map((quantity) => ({ ...quantity, lines: linesOf(servers, quantity.of) }))
    .filter(({ lines }) => lines.length > 0);
  if (panels.length === 0) return null;
  const lines = panels.flatMap((panel) => panel.lines);
  const last = Math.max(...lines.flatMap(({ points }) => points.at(-1)?.startSeconds ?? 0));
  const letters = Math.max(...lines.map(({ server }) => shortName(server).length));
  return figure({
    title: 'Over time',
    note: noteOf(
      'Closed loop, after the warm-up: at each moment the median of the blocks.',
      ...loopDelayNotes(servers, panels.find(({ id }) => id === 'loop-delay')?.lines ?? []),
    ),
    layout: 'stacked',
    charts: panels.map(({ id, title, axis, lines: drawn }, index) => ({
      id: idOf('over-time', id, workload.name),
      heading: `${title}, ${axis}`,
      summary: `${title}, from lowest to highest: ${drawn.map(({ server, points }) => `${server} ${extremes(points)}`).join(', ')} ${axis}.`,
      spec: {
        kind: 'lines',
        x: { title: index === panels.length - 1 ? 'seconds' : '', scale: 'linear', max: last },
        y: { title: axis, scale: 'linear', width: 76 },
        letters,
        lines: drawn.map(({ server, points }) => ({
          label: shortName(server),
          style: styleOf(server),
          points: points.map(({ startSeconds, value }) => ({ x: startSeconds, y: value })),
        })),
      },
    })),
    numbers: html`${panels.map(({ title, axis, lines: drawn }) =>
      table(`${title} over time, ${workload.name}, ${axis}`, columns, drawn),
    )}`,
  });
}

function linesOf(
  servers: WorkloadRanking['servers'],
  quantity: (interval: Interval) => number | null,
): Line[] {
  return servers.flatMap(({ server, trials }) => {
    const series = trials
      .map((trial) => pointsOf(usableWindow(trial, 'closed')?.intervals ?? [], quantity))
      .filter((points) => points.length >= fewestPoints);
    const points = medianOver(series);
    return points.length > 0 ? [{ server: server.name, points }] : [];
  });
}

/** What event-loop delay is, where a server reports it, and the measured servers that do not. */
function loopDelayNotes(servers: WorkloadRanking['servers'], reported: readonly Line[]): string[] {
  const silent = servers
    .filter(({ trials }) => trials.some((trial) => usableWindow(trial, 'closed')))
    .map(({ server }) => server.name)
    .filter((name) => !reported.some(({ server }) => server === name));
  if (reported.length === 0) return [];
  return [
    'Event-loop delay: the longest timer delay per 100 ms, measured inside the server (worst loop).',
    silent.length > 0 ? `Not reported by ${joinWithAnd(silent)}.` : '',
  ];
}

const columns: readonly Column<Line>[] = [
  { title: 'server', cell: ({ server }) => server },
  {
    title: 'at each moment',
    cell: ({ points }) =>
      points
        .map((point) => `${formatNumber(point.startSeconds)} s: ${formatNumber(point.value)}`)
        .join('; '),
  },
];

/** The mean of a quantity over each interval, or over groups of intervals if there are many; a shorter last one is left out. */
function pointsOf(
  intervals: readonly Interval[],
  quantity: (interval: Interval) => number | null,
): Point[] {
  const length = intervals[0]?.durationSeconds ?? 0;
  const whole = intervals.filter(({ durationSeconds }) => durationSeconds > 0.9 * length);
  const size = Math.max(1, Math.ceil(whole.length / mostPoints));
  return Array.from({ length: Math.floor(whole.length / size) }, (_, index) => {
    const joined = whole.slice(index * size, (index + 1) * size);
    const value = meanOf(joined.map(quantity).filter((one) => one !== null));
    return { startSeconds: joined[0]?.startSeconds ?? 0, value };
  }).filter(({ value }) => Number.isFinite(value));
}

function medianOver(series: readonly (readonly Point[])[]): Point[] {
  const shortest = Math.min(...series.map((one) => one.length));
  const [first = []] = series;
  return first.slice(0, shortest).map(({ startSeconds }, index) => {
    return { startSeconds, value: medianOf(series.map((one) => one[index]?.value ?? 0)) };
  });
}

function extremes(points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  return `${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
}
