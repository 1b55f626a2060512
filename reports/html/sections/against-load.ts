import { formatNumber, joinWithAnd, plural } from '../../../results/format.ts';
import {
  type LoadPoint,
  loadPointsOf,
  type Tail,
  tailOf,
} from '../../../results/load-curve/load-points.ts';
import type { Prediction, Predictions } from '../../../results/predictions.ts';
import { predictedCurve } from '../../../results/predictions.ts';
import type { Spread } from '../../../results/statistics/summary.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { LinesSpec } from '../../drawing/chart-spec.ts';
import { type Html, html } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { loadSentence } from '../../findings/response-times.ts';
import { figure, idOf, noteOf, number, pointAt, table, timeAxis } from '../figures/figure.ts';

interface ServerLoad {
  readonly name: string;
  readonly points: readonly LoadPoint[];
  readonly prediction: Prediction | null;
}

/** Fewer rates show no curve. */
const fewestRates = 3;

/**
 * Response time by offered load: a small chart for each server, all on one time axis. Null where no server was measured
 * at enough rates.
 */
export function againstLoad(
  { workload, servers }: WorkloadRanking,
  styleOf: StyleOf,
  predictions: Predictions,
): Html | null {
  const tail = tailOf(servers.flatMap(({ trials }) => trials));
  const all = servers.map(({ server: { name }, trials }): ServerLoad => {
    const points = loadPointsOf(trials, tail).filter(
      ({ p50, overloadedBlocks }) => p50 || overloadedBlocks > 0,
    );
    return { name, points, prediction: predictions.get(name) ?? null };
  });
  if (!all.some(({ points }) => points.length >= fewestRates)) return null;
  const loads = all.filter(({ points }) => points.length > 0);
  const absent = all.filter(({ points }) => points.length === 0).map(({ name }) => name);
  const classes = workload.classes.length > 1 ? ', all classes together' : '';
  const axis = sharedAxis(loads);
  return figure({
    title: `Response time by offered load${classes}`,
    note: noteText(loads, absent, tail),
    charts: loads.map((server) => ({
      id: idOf('load', workload.name, server.name),
      heading: html`${swatch(styleOf(server.name))}${shortName(server.name)}`,
      summary: `${server.name}: ${server.points.map((point) => loadSentence(point, server.prediction, tail)).join(' ')}`,
      spec: specOf(server, styleOf, axis, tail),
    })),
    layout: 'beside',
    numbers: numbersOf(workload.name, loads, tail),
  });
}

function noteText(
  servers: readonly ServerLoad[],
  absent: readonly string[],
  tail: Tail | null,
): string {
  const blocks = Math.max(...servers.flatMap(({ points }) => points.map((one) => one.blocks)));
  const unpredicted = servers.filter(({ prediction }) => !prediction).map(({ name }) => name);
  return noteOf(
    `Open loop: median, mean${tail ? ` and ${tail}` : ''} at each offered rate, measured from the scheduled send time.`,
    blocks > 1 ? `Whiskers: lowest and highest of ${plural(blocks, 'block')}.` : '',
    unpredicted.length < servers.length
      ? 'Dashed line: the mean that queueing theory predicts from single requests.'
      : '',
    unpredicted.length > 0 ? `No prediction: ${joinWithAnd(unpredicted)}.` : '',
    absent.length > 0 ? `No usable numbers: ${joinWithAnd(absent)}.` : '',
  );
}

/** One time axis for all charts, with all measured values and the predictions at the measured rates. */
function sharedAxis(servers: readonly ServerLoad[]): LinesSpec['y'] {
  const values = servers
    .flatMap(({ points, prediction }) =>
      points.flatMap(({ offeredPerSecond, p50, mean, tail }) => [
        prediction?.meanResponseMs(offeredPerSecond) ?? 0,
        ...[p50, mean, tail].flatMap((spread) => (spread ? [spread.low, spread.high] : [])),
      ]),
    )
    .filter((value) => value > 0);
  if (values.length === 0) return { title: 'ms', scale: 'linear' };
  const axis = timeAxis('ms', values);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return axis.scale === 'logarithmic'
    ? { ...axis, min: low / 1.5, max: high * 1.5 }
    : { ...axis, min: 0, max: high * 1.2 };
}

function specOf(
  { name, points, prediction }: ServerLoad,
  styleOf: StyleOf,
  axis: LinesSpec['y'],
  tail: Tail | null,
): LinesSpec {
  const highest = Math.max(...points.map(({ offeredPerSecond }) => offeredPerSecond));
  // Up to the predicted capacity, unless that would squeeze all that was measured into the left of the chart.
  const last = Math.max(
    1.1 * highest,
    Math.min(1.05 * (prediction?.capacityPerSecond ?? 0), 1.8 * highest),
  );
  const measured = (label: string, of: (point: LoadPoint) => Spread | null) => ({
    label,
    style: { ...styleOf(name), dash: [] },
    points: points.flatMap((point) => {
      const spread = of(point);
      return spread ? [pointAt(point.offeredPerSecond, spread)] : [];
    }),
  });
  const curve = prediction ? predictedCurve(prediction, last, axis.max ?? Infinity) : [];
  const predicted = {
    label: 'predicted mean',
    unnamed: true as const,
    style: { ...styleOf(name), dash: [4, 4] },
    points: curve.map(({ perSecond, ms }) => ({ x: perSecond, y: ms })),
  };
  return {
    kind: 'lines',
    x: { title: 'requests/s offered', scale: 'linear', max: last },
    y: axis,
    flags: points
      .filter(({ overloadedBlocks }) => overloadedBlocks > 0)
      .map(({ offeredPerSecond }) => ({ x: offeredPerSecond, text: 'overloaded' })),
    lines: [
      predicted,
      measured('p50', ({ p50 }) => p50),
      measured('mean', ({ mean }) => mean),
      ...(tail ? [measured(tail, (point) => point.tail)] : []),
    ].filter((line) => line.points.length > 0),
  };
}

function numbersOf(workload: string, servers: readonly ServerLoad[], tail: Tail | null): Html {
  const rows = servers.flatMap(({ name, points, prediction }) =>
    points.map((point) => ({ name, point, prediction })),
  );
  type Row = (typeof rows)[number];
  const time = (title: string, of: (point: LoadPoint) => Spread | null) =>
    number(title, ({ point }: Row) =>
      point.overloadedBlocks > 0 ? 'overloaded' : spreadText(of(point)),
    );
  const predictedText = ({ point, prediction }: Row) => {
    const ms = prediction?.meanResponseMs(point.offeredPerSecond);
    return ms ? formatNumber(ms) : ms === null ? 'overloaded' : '–';
  };
  return table<Row>(
    `Response time by offered load, ${workload}, ms`,
    [
      { title: 'server', cell: ({ name }) => name },
      number('requests/s offered', ({ point }) => formatNumber(point.offeredPerSecond)),
      time('p50', ({ p50 }) => p50),
      ...(tail ? [time(tail, (point) => point.tail)] : []),
      time('mean', ({ mean }) => mean),
      number('mean predicted', predictedText),
      number('blocks', ({ point }) => String(point.blocks)),
    ],
    rows,
  );
}
