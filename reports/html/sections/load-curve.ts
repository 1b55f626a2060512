import type { Objective } from '../../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../../results/format.ts';
import type { LoadCurve, WorkloadCurves } from '../../../results/load-curve/load-curve.ts';
import type { LoadPoint, Tail } from '../../../results/load-curve/load-points.ts';
import type { Prediction, Predictions } from '../../../results/predictions.ts';
import type { Spread } from '../../../results/statistics/summary.ts';
import type { LinesSpec } from '../../drawing/chart-spec.ts';
import type { Html } from '../../drawing/markup.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { loadSentence } from '../../findings/load-sentences.ts';
import { limitText, objectiveInWords } from '../../findings/load-text.ts';
import { figure, idOf, noteOf, number, pointAt, table, timeAxis } from '../figures/figure.ts';

/** The curve of one server as the chart draws it: of the first class where a workload has several. */
interface Drawn {
  readonly name: string;
  readonly points: readonly LoadPoint[];
  readonly prediction: Prediction | null;
  readonly curve: LoadCurve;
}

/** Fewer rates show no curve. */
const fewestRates = 3;

/**
 * A percentile of response time by offered load, of all servers in one chart. Null where no server was measured at
 * enough rates.
 */
export function loadCurve(
  { workload, tail, servers }: WorkloadCurves,
  styleOf: StyleOf,
  predictions: Predictions,
): Html | null {
  const [first, ...others] = workload.classes;
  const className = others.length > 0 ? (first?.name ?? null) : null;
  const all = servers.map((curve): Drawn => {
    const own = curve.classes.find(({ name }) => name === className)?.points ?? curve.points;
    const points = own.filter(({ p50, overloadedBlocks }) => p50 || overloadedBlocks > 0);
    // What is predicted is the mean of all classes together.
    const prediction = className === null ? (predictions.get(curve.server) ?? null) : null;
    return { name: curve.server, points, prediction, curve };
  });
  if (!all.some(({ points }) => points.length >= fewestRates)) return null;
  const drawn = all.filter(({ points }) => points.length > 0);
  const percentile = tail ?? 'p50';
  const objective =
    workload.objectives.find((one) => one.class === className && one.percentile === percentile) ??
    null;
  const requests = className === null ? '' : ` of ${className} requests`;
  const title = `${percentile === 'p50' ? 'Median response' : 'Response'} time${requests} by offered load${tail ? `, ${tail}` : ''}`;
  return figure({
    title,
    note: noteText(all, objective),
    charts: [
      {
        id: idOf('load', workload.name),
        summary: drawn
          .map(
            ({ name, points, prediction }) =>
              `${name}: ${points.map((point) => loadSentence(point, prediction, tail)).join(' ')}`,
          )
          .join(' '),
        spec: specOf(drawn, objective, styleOf, tail),
      },
    ],
    numbers: numbersOf(workload.name, drawn, tail),
  });
}

function noteText(all: readonly Drawn[], objective: Objective | null): string {
  const saturations = all
    .filter(({ curve: { saturation } }) => saturation.kind !== 'unknown')
    .map(({ name, curve: { saturation } }) => `${name} ${limitText(saturation)}`);
  const absent = all.filter(({ points }) => points.length === 0).map(({ name }) => name);
  return noteOf(
    'Open loop, from the scheduled send time. ✕: overloaded.',
    saturations.length > 0 ? `Upright lines: saturation (${saturations.join(', ')}).` : '',
    objective ? `Level line: objective, ${objectiveInWords(objective)}.` : '',
    absent.length > 0 ? `No usable numbers: ${joinWithAnd(absent)}.` : '',
  );
}

const timeOf = ({ tail, p50 }: LoadPoint, percentile: Tail | null): Spread | null =>
  percentile ? tail : p50;

function specOf(
  drawn: readonly Drawn[],
  objective: Objective | null,
  styleOf: StyleOf,
  tail: Tail | null,
): LinesSpec {
  const limit = objective?.belowMs;
  const measured = drawn.flatMap(({ points }) =>
    points.flatMap((point) => {
      const time = timeOf(point, tail);
      return time ? [time.low, time.high] : [];
    }),
  );
  const loads = drawn.flatMap(({ points }) => points.map((one) => one.offeredPerSecond));
  const most = Math.max(...loads);
  const times = [...measured, ...(limit ? [limit] : [])].filter((ms) => ms > 0);
  const [low, high] = [Math.min(...times) / 1.3, Math.max(...times) * 1.5];
  const axis = timeAxis('ms', times);
  return {
    kind: 'lines',
    x: { title: 'requests/s offered (log scale)', scale: 'logarithmic', max: most * 1.1 },
    y:
      axis.scale === 'logarithmic'
        ? { ...axis, min: low, max: high }
        : { ...axis, min: 0, max: high },
    ...(limit && { limit: { y: limit, text: `objective ${formatNumber(limit)} ms` } }),
    uprights: drawn.flatMap(({ name, curve: { saturation } }) =>
      saturation.kind === 'measured' && saturation.perSecond <= most * 1.1
        ? [{ x: saturation.perSecond, style: styleOf(name) }]
        : [],
    ),
    flags: drawn.flatMap(({ name, points }, row) =>
      points
        .filter(({ overloadedBlocks }) => overloadedBlocks > 0)
        .map(({ offeredPerSecond }) => ({ x: offeredPerSecond, style: styleOf(name), row })),
    ),
    lines: drawn
      .map(({ name, points }) => ({
        label: shortName(name),
        style: { ...styleOf(name), dash: [] },
        points: points.flatMap((point) => {
          const time = timeOf(point, tail);
          return time ? [pointAt(point.offeredPerSecond, time)] : [];
        }),
      }))
      .filter((line) => line.points.length > 0),
  };
}

function numbersOf(workload: string, drawn: readonly Drawn[], tail: Tail | null): Html {
  const rows = drawn.flatMap(({ name, points, prediction }) =>
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
