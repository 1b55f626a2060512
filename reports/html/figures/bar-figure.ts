import type { Measurement } from '../../../results/document/run-document.ts';
import { formatNumber, plural } from '../../../results/format.ts';
import { valuesByBlock, type WindowName } from '../../../results/select.ts';
import { spreadOf } from '../../../results/statistics/summary.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { Range } from '../../drawing/chart-spec.ts';
import type { Html } from '../../drawing/markup.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { figure, idOf, noteOf, number, rangeOf, table } from './figure.ts';

export interface Bar {
  readonly server: string;
  readonly value: number;
  readonly range: Range | null;
  /** The value of each block, where the bar is their median. */
  readonly blocks?: readonly number[];
  /** The number at the bar's end. */
  readonly label: string;
  /** The number with its range. */
  readonly text: string;
  readonly predicted: number | null;
  /** What the number rests on, such as a number of blocks. */
  readonly basis: string;
}

export interface BarFigure {
  readonly id: string;
  readonly title: string;
  readonly workload: string;
  readonly axis: string;
  readonly note: string;
  readonly bars: readonly Bar[];
  /** The heading of the table's last column, which holds what each number rests on. */
  readonly basis: string;
}

/** A figure with one bar per server, with whiskers and a mark at the predicted value. */
export function barFigure(
  { id, title, workload, axis, note, bars, basis }: BarFigure,
  styleOf: StyleOf,
): Html {
  const predictedText = ({ predicted }: Bar) =>
    predicted === null ? '–' : formatNumber(predicted);
  const inWords = (bar: Bar) =>
    `${bar.server} ${bar.text}${bar.predicted === null ? '' : `, predicted ${predictedText(bar)}`}`;
  const drawn = bars.map(({ server, value, range, blocks = [], label: text, predicted }) => {
    return {
      label: shortName(server),
      style: styleOf(server),
      value,
      range,
      blocks,
      predicted,
      text,
    };
  });
  const chart = {
    id: idOf(id, workload),
    summary: `${bars.map(inWords).join(', ')} ${axis}.`,
    spec: { kind: 'bars' as const, axis, bars: drawn },
  };
  return figure({
    title,
    note,
    charts: bars.length > 0 ? [chart] : [],
    numbers: table<Bar>(
      `${title}, ${workload}`,
      [
        { title: 'server', cell: ({ server }) => server },
        number(axis, ({ text }) => text),
        ...(bars.some(({ predicted }) => predicted !== null)
          ? [number('predicted', predictedText)]
          : []),
        number(basis, (bar: Bar) => bar.basis),
      ],
      bars,
    ),
  });
}

/** Something measured for each server in a window of load. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly about: string;
  /** The note where no server has a value. */
  readonly missing: string;
  readonly window: WindowName;
  readonly of: (measurement: Measurement) => number | null;
  /** The predicted value of a server, and what it is called. */
  readonly predicted?: (server: string) => number | null;
  readonly prediction?: string;
}

/** A quantity of all servers: bars at the median of the blocks, whiskers from the lowest to the highest block. */
export function quantityFigure(
  { workload, servers }: WorkloadRanking,
  styleOf: StyleOf,
  { window, of, about, missing, predicted, prediction, ...titles }: Quantity,
): Html {
  const measured = servers.flatMap(({ server: { name }, trials }) => {
    const byBlock = valuesByBlock(trials, window, of);
    const spread = spreadOf(byBlock);
    const blocks = byBlock.size > 1 ? [...byBlock.values()] : [];
    return spread ? [{ name, spread, blocks, predicted: predicted?.(name) ?? null }] : [];
  });
  const blocks = Math.max(0, ...measured.map(({ spread }) => spread.blocks));
  const note = noteOf(
    `${about}.`,
    blocks > 1 ? `Dots: ${plural(blocks, 'block')}; whiskers: lowest and highest.` : '',
    measured.some((one) => one.predicted !== null)
      ? `Dashed line: ${prediction} predicted from single requests.`
      : '',
  );
  const bars = measured.map(
    ({ name: server, spread, blocks, predicted }): Bar => ({
      server,
      blocks,
      value: spread.median,
      range: rangeOf(spread),
      label: formatNumber(spread.median, spread),
      text: spreadText(spread),
      predicted,
      basis: String(spread.blocks),
    }),
  );
  return barFigure(
    {
      ...titles,
      workload: workload.name,
      note: bars.length > 0 ? note : missing,
      bars,
      basis: 'blocks',
    },
    styleOf,
  );
}
