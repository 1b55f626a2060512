import type { Interval } from '../../../results/run-document.ts';
import type { Contest } from '../../contest.ts';
import { formatNumber } from '../../numbers.ts';
import type { Look } from '../../palette.ts';
import { spreadOf } from '../../spread.ts';
import { usableIn } from '../../trials.ts';
import { figure, idPart, table } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { shortName } from '../short-name.ts';

/** Charts have at most so many points a line. */
const mostPoints = 40;

interface Stretch {
  readonly startSeconds: number;
  readonly value: number;
}

const quantities = [
  {
    id: 'throughput',
    title: 'Throughput over time',
    axis: 'requests/s',
    of: ({ completed, durationSeconds }: Interval) => completed / durationSeconds,
  },
  {
    id: 'cores',
    title: 'Cores kept busy over time',
    axis: 'cores',
    of: ({ serverCpuSeconds, durationSeconds }: Interval) =>
      serverCpuSeconds === null ? null : serverCpuSeconds / durationSeconds,
  },
] as const;

/** How throughput and CPU went through the closed-loop window: the median of the blocks at each moment. */
export function overTime(contest: Contest, looks: ReadonlyMap<string, Look>): Html {
  const { name } = contest.workload;
  return html`<div class="pair">${quantities.map(({ id, title, axis, of }) => {
    const lines = contest.entries.flatMap(({ server, trials }) => {
      const series = trials.flatMap((trial) => {
        const stretches = stretchesOf(usableIn(trial, 'closed')?.intervals ?? [], of);
        return stretches.length > 0 ? [stretches] : [];
      });
      const look = looks.get(server.name);
      const points = medianOver(series);
      return look && points.length > 1 ? [{ label: server.name, look, points }] : [];
    });
    return figure({
      id: `over-time-${id}-${idPart(name)}`,
      title,
      note:
        lines.length > 0
          ? 'Closed loop, after the warm-up: at each moment the median of the blocks.'
          : 'Nothing was recorded that could be drawn over time.',
      summary: `From lowest to highest: ${lines.map(({ label, points }) => `${label} ${extremes(points)}`).join(', ')} ${axis}.`,
      spec:
        lines.length > 0
          ? {
              kind: 'lines',
              x: { title: 'seconds', scale: 'linear' },
              y: { title: axis, scale: 'linear' },
              lines: lines.map(({ label, look, points }) => ({
                label: shortName(label),
                look,
                points: points.map(({ startSeconds, value }) => ({
                  x: startSeconds,
                  y: value,
                  marked: false,
                  range: null,
                })),
              })),
            }
          : null,
      numbers: table(
        `${title}, ${name}, ${axis}`,
        [
          { title: 'server', cell: ({ label }) => label },
          {
            title: 'at each moment',
            cell: ({ points }) =>
              points
                .map(
                  (point) => `${formatNumber(point.startSeconds)} s: ${formatNumber(point.value)}`,
                )
                .join('; '),
          },
        ],
        lines,
      ),
    });
  })}</div>`;
}

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
