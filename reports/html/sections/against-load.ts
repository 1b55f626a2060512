import { type LoadPoint, loadPointsOf, type Tail, tailOf } from '../../../results/load-points.ts';
import { predictedCurve } from '../../../results/predicted-curve.ts';
import type { Prediction, Predictions } from '../../../results/predictions.ts';
import type { Spread } from '../../../results/statistics/spread.ts';
import { type RankedServer, type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { loadSentence, restsOn } from '../../findings/load-sentences.ts';
import { formatNumber, listed, plural } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { spreadText } from '../../findings/spread.ts';
import type { LinesSpec } from '../chart-spec.ts';
import { idPart, table, whiskerOf } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { type Panel, panelsFigure } from '../panels.ts';
import { shortName } from '../short-name.ts';
import { swatch } from '../swatch.ts';

interface Loaded {
  readonly name: string;
  readonly look: Look;
  readonly points: readonly LoadPoint[];
  readonly prediction: Prediction | null;
}

/** How response time grows with the load offered: a small chart for each server, all on one scale of time. */
export function againstLoad(
  { workload, servers }: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  predictions: Predictions,
): Html {
  const tail = tailOf(servers.flatMap(({ trials }) => trials));
  const loaded = servers.flatMap((entry) => loadedOf(entry, looks, predictions, tail));
  const absent = servers
    .map(({ server }) => server.name)
    .filter((name) => !loaded.some((one) => one.name === name));
  const all = workload.classes.length > 1 ? ', all classes together' : '';
  const scale = timeScale(loaded);
  return panelsFigure({
    title: `Response time against offered load${all}`,
    note: loaded.length > 0 ? noteOf(loaded, absent, tail) : 'No trial had an open loop.',
    panels: loaded.map((one): Panel => {
      const { name, look, points, prediction } = one;
      return {
        id: ['load', workload.name, name].map(idPart).join('-'),
        title: html`${swatch(look)}${shortName(name)}`,
        summary: `${name}: ${points.map((point) => loadSentence(point, prediction, tail)).join(' ')}`,
        spec: specOf(one, scale, tail),
      };
    }),
    layout: 'beside',
    numbers: numbersOf(workload.name, loaded, tail),
  });
}

function loadedOf(
  { server: { name }, trials }: RankedServer,
  looks: ReadonlyMap<string, Look>,
  predictions: Predictions,
  tail: Tail | null,
): Loaded[] {
  const look = looks.get(name);
  const points = loadPointsOf(trials, tail).filter(
    ({ p50, unstableBlocks }) => p50 || unstableBlocks > 0,
  );
  if (!look || points.length === 0) return [];
  return [{ name, look, points, prediction: predictions.get(name) ?? null }];
}

function noteOf(loaded: readonly Loaded[], absent: readonly string[], tail: Tail | null): string {
  const blocks = Math.max(...loaded.flatMap(({ points }) => points.map((one) => one.blocks)));
  const unknown = loaded.filter(({ prediction }) => !prediction).map(({ name }) => name);
  const notes = [
    `Open loop: median, mean${tail ? ` and p${tail}` : ''} at each rate offered, timed from when a request was to be sent.`,
    blocks > 1 ? `Whiskers: lowest and highest of ${plural(blocks, 'block')}.` : '',
    unknown.length < loaded.length
      ? 'Dashes: the mean that queueing theory predicts from single requests.'
      : '',
    restsOn(loaded.map(({ points }) => points)),
    unknown.length > 0 ? `Without a prediction: ${listed(unknown)}.` : '',
    absent.length > 0 ? `Without numbers that may be used: ${listed(absent)}.` : '',
  ];
  return notes.filter((note) => note !== '').join(' ');
}

/** Holds all that was measured, and what was predicted at those rates. */
function timeScale(loaded: readonly Loaded[]): LinesSpec['y'] {
  const values = loaded.flatMap(({ points, prediction }) =>
    points.flatMap(({ offeredPerSecond, p50, mean, tail }) => [
      prediction?.meanResponseMs(offeredPerSecond) ?? [],
      ...[p50, mean, tail].map((spread) => (spread ? [spread.low, spread.high] : [])),
    ]),
  );
  const flat = values.flat().filter((value) => value > 0);
  const [low, high] = [Math.min(...flat), Math.max(...flat)];
  if (flat.length === 0) return { title: 'response time, ms', scale: 'linear' };
  return high > 8 * low
    ? { title: 'ms (log scale)', scale: 'logarithmic', min: low / 1.5, max: high * 1.5 }
    : { title: 'response time, ms', scale: 'linear', min: 0, max: high * 1.2 };
}

function specOf(
  { look, points, prediction }: Loaded,
  scale: LinesSpec['y'],
  tail: Tail | null,
): LinesSpec {
  const highest = Math.max(...points.map(({ offeredPerSecond }) => offeredPerSecond));
  // Up to where it is predicted to have no bound, unless all that was measured would be at the very left.
  const last = Math.max(
    1.1 * highest,
    Math.min(1.05 * (prediction?.capacityPerSecond ?? 0), 1.8 * highest),
  );
  const measured = (label: string, of: (point: LoadPoint) => Spread | null) => ({
    label,
    look: { ...look, dash: [] },
    points: points.flatMap((point) => {
      const spread = of(point);
      if (!spread) return [];
      const { offeredPerSecond: x } = point;
      return [{ x, y: spread.median, marked: true, range: whiskerOf(spread) }];
    }),
  });
  const curve = prediction
    ? predictedCurve(prediction, last, scale.max ?? Number.POSITIVE_INFINITY)
    : [];
  const predicted = {
    label: 'predicted mean',
    unnamed: true as const,
    look: { ...look, dash: [4, 4] },
    points: curve.map(({ perSecond, ms }) => ({ x: perSecond, y: ms, marked: false, range: null })),
  };
  return {
    kind: 'lines',
    x: { title: 'requests/s offered', scale: 'linear', max: last },
    y: scale,
    flags: points
      .filter(({ unstableBlocks }) => unstableBlocks > 0)
      .map(({ offeredPerSecond }) => ({ x: offeredPerSecond, text: 'unstable' })),
    lines: [
      predicted,
      measured('p50', ({ p50 }) => p50),
      measured('mean', ({ mean }) => mean),
      ...(tail ? [measured(`p${tail}`, (point) => point.tail)] : []),
    ].filter((line) => line.points.length > 0),
  };
}

function numbersOf(workload: string, loaded: readonly Loaded[], tail: Tail | null): Html {
  const rows = loaded.flatMap(({ name, points, prediction }) =>
    points.map((point) => ({
      name,
      point,
      predictedMs: prediction && prediction.meanResponseMs(point.offeredPerSecond),
      isPredicted: prediction !== null,
    })),
  );
  type Row = (typeof rows)[number];
  const number = (title: string, cell: (row: Row) => string) => ({ title, cell, numeric: true });
  const time = (title: string, of: (point: LoadPoint) => Spread | null) =>
    number(title, ({ point }) => (point.unstableBlocks > 0 ? 'unstable' : spreadText(of(point))));
  return table(
    `Response time against offered load, ${workload}, ms`,
    [
      { title: 'server', cell: ({ name }: Row) => name },
      number('requests/s offered', ({ point }) => formatNumber(point.offeredPerSecond)),
      time('p50', ({ p50 }) => p50),
      ...(tail ? [time(`p${tail}`, (point) => point.tail)] : []),
      time('mean', ({ mean }) => mean),
      number('mean predicted', ({ predictedMs, isPredicted }) =>
        predictedMs === null ? (isPredicted ? 'no bound' : '–') : formatNumber(predictedMs),
      ),
      number('blocks', ({ point }) => String(point.blocks)),
    ],
    rows,
  );
}
