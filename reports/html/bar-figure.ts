import type { Measurement } from '../../results/document/run-document.ts';
import { valuesByBlock, type Window } from '../../results/select.ts';
import { spreadOf } from '../../results/statistics/summary.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import type { Range } from '../drawing/chart-spec.ts';
import type { Html } from '../drawing/markup.ts';
import { type StyleOf, shortName } from '../drawing/theme.ts';
import { formatNumber, plural } from '../findings/numbers.ts';
import { spreadText } from '../findings/spread.ts';
import { type Column, figure, idOf, noteOf, number, rangeOf, table } from './figure.ts';

export interface Bar {
  readonly server: string;
  readonly value: number;
  readonly range: Range | null;
  /** The number at the bar's end. */
  readonly label: string;
  /** The number with its range. */
  readonly text: string;
  readonly predicted?: number | null;
}

export interface BarFigure<Row extends Bar> {
  readonly id: string;
  readonly title: string;
  readonly workload: string;
  readonly axis: string;
  readonly note: string;
  readonly bars: readonly Row[];
  /** The last column of the table: what each number rests on. */
  readonly basis: Column<Row>;
}

/** A figure with one bar per server, with whiskers and a mark at the predicted value. */
export function barFigure<Row extends Bar>(
  { id, title, workload, axis, note, bars, basis }: BarFigure<Row>,
  styleOf: StyleOf,
): Html {
  const isPredicted = bars.some(({ predicted }) => predicted != null);
  const predictedText = ({ predicted }: Row) => (predicted == null ? '–' : formatNumber(predicted));
  const inWords = (bar: Row) =>
    `${bar.server} ${bar.text}${bar.predicted == null ? '' : `, predicted ${predictedText(bar)}`}`;
  const columns: Column<Row>[] = [
    { title: 'server', cell: ({ server }) => server },
    number(axis, ({ text }) => text),
    ...(isPredicted ? [number('predicted', predictedText)] : []),
    basis,
  ];
  const spec = {
    kind: 'bars' as const,
    axis,
    bars: bars.map(({ server, value, range, label, predicted = null }) => {
      return {
        label: shortName(server),
        style: styleOf(server),
        value,
        range,
        predicted,
        text: label,
      };
    }),
  };
  const summary = `${bars.map(inWords).join(', ')} ${axis}.`;
  return figure({
    title,
    note,
    charts: bars.length > 0 ? [{ id: idOf(id, workload), summary, spec }] : [],
    numbers: table(`${title}, ${workload}`, columns, bars),
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
  readonly window: Window;
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
  const bars = servers.flatMap(({ server: { name: server }, trials }) => {
    const spread = spreadOf(valuesByBlock(trials, window, of));
    if (!spread) return [];
    return {
      server,
      value: spread.median,
      range: rangeOf(spread),
      label: formatNumber(spread.median, spread),
      text: spreadText(spread),
      predicted: predicted?.(server) ?? null,
      blocks: spread.blocks,
    };
  });
  const blocks = Math.max(0, ...bars.map((bar) => bar.blocks));
  const note = noteOf(
    `${about}.`,
    blocks > 1 ? `Whiskers: lowest and highest of ${plural(blocks, 'block')}.` : '',
    bars.some((bar) => bar.predicted !== null)
      ? `Dashed line: ${prediction} predicted from single requests.`
      : '',
  );
  return barFigure(
    {
      ...titles,
      workload: workload.name,
      note: bars.length > 0 ? note : missing,
      bars,
      basis: number('blocks', (bar: { blocks: number }) => String(bar.blocks)),
    },
    styleOf,
  );
}
