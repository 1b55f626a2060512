import type { Spread } from '../../../results/statistics/summary.ts';
import type { ChartSpec, LinesSpec, Range } from '../../drawing/chart-spec.ts';
import { type Html, html, scriptJson } from '../../drawing/markup.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string;
  /** Aligned at the right. */
  readonly numeric?: boolean;
}

/** A column of numbers. */
export const number = <Row>(title: string, cell: (row: Row) => string): Column<Row> => ({
  title,
  cell,
  numeric: true,
});

/** A table whose first column names its rows. A row with details has them below, over the whole width. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  detailsOf: (row: Row) => readonly string[] = () => [],
): Html {
  const details = (row: Row) => {
    const texts = detailsOf(row).map((text) => html`<p>${text}</p>`);
    return texts.length === 0
      ? null
      : html`<tr class="details"><td colspan="${columns.length}">${texts}</td></tr>\n`;
  };
  const align = ({ numeric }: Column<Row>) => (numeric ? 'number' : 'text');
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${align(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${columns.map((column, index) =>
      index === 0
        ? html`<th scope="row" class="${align(column)}">${column.cell(row)}</th>`
        : html`<td class="${align(column)}">${column.cell(row)}</td>`,
    )}</tr>
${details(row)}`,
  )}</tbody></table></div>`;
}

interface Chart {
  /** Unique within the page. */
  readonly id: string;
  /** The chart's own heading, where a figure has several charts. */
  readonly heading?: Html | string;
  /** The chart's content in words, for readers who cannot see it. */
  readonly summary: string;
  readonly spec: ChartSpec;
}

export interface Figure {
  readonly title: string;
  /** How to read the figure; where it has no chart, why. */
  readonly note: string;
  readonly charts: readonly Chart[];
  /** Several charts: side by side, or stacked when they share an x axis. */
  readonly layout?: 'beside' | 'stacked';
  readonly numbers: Html;
}

/** One or several charts with a title, a note and the numbers as a table. */
export function figure({ title, note, charts, layout, numbers }: Figure): Html {
  const [first] = charts;
  if (!first)
    return html`<figure><figcaption><h3>${title}</h3><p>${note}</p></figcaption></figure>`;
  const id = `figure-${first.id}`;
  return html`<figure id="${id}"><figcaption><h3><a href="${`#${id}`}">${title}</a></h3><p>${note}</p></figcaption>
<div class="${`charts ${layout ?? ''}`}">${charts.map(
    ({ id, heading, summary, spec }) =>
      html`<div class="chart" data-spec="${id}">${heading === undefined ? null : html`<h4>${heading}</h4>`}
<div class="${`canvas ${spec.kind}`}"><canvas role="img" aria-label="${`${title}: ${summary}`}"></canvas></div>
<script type="application/json" id="${id}">${scriptJson(spec)}</script></div>`,
  )}</div>
<details><summary>The numbers</summary>${numbers}</details></figure>`;
}

/** The sentences of a note, without those that do not apply. */
export const noteOf = (...sentences: readonly string[]): string =>
  sentences.filter((sentence) => sentence !== '').join(' ');

/** The range that a whisker draws; one block has none. */
export const rangeOf = ({ low, high, blocks }: Spread): Range | null =>
  blocks > 1 ? { low, high } : null;

/** A marked point of a line with its whisker. */
export const pointAt = (x: number, spread: Spread) => ({
  x,
  y: spread.median,
  marked: true,
  range: rangeOf(spread),
});

/** A time axis for these values: logarithmic where they differ widely. */
export function timeAxis(title: string, values: readonly number[]): LinesSpec['y'] {
  const positive = values.filter((value) => value > 0);
  return Math.max(...positive) > 8 * Math.min(...positive)
    ? { title: `${title} (log scale)`, scale: 'logarithmic' }
    : { title, scale: 'linear' };
}

/** An element's id from names, which may come from outside. */
export const idOf = (...names: readonly string[]): string =>
  names
    .map((name) => name.replace(/[^A-Za-z0-9_-]/g, (one) => `-${one.codePointAt(0)}-`))
    .join('-');
