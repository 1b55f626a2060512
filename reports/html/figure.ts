import type { Spread } from '../../results/statistics/spread.ts';
import type { ChartSpec } from './chart-spec.ts';
import { type Html, html, scriptJson } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string;
  /** Set in tabular figures, at the right. */
  readonly numeric?: boolean;
}

/** A table whose first column names its rows. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Html {
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
`,
  )}</tbody></table></div>`;
}

export interface Figure {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** How to read it, and what it does not say. */
  readonly note: string;
  /** What it shows, in words, for whoever cannot see it. */
  readonly summary: string;
  /** Null where there is nothing to draw: the note then says why. */
  readonly spec: ChartSpec | null;
  readonly numbers: Html | null;
}

export function figure({ id, title, note, summary, spec, numbers }: Figure): Html {
  const caption = html`<figcaption><h3>${title}</h3><p>${note}</p></figcaption>`;
  if (!spec) return html`<figure>${caption}</figure>`;
  return html`<figure class="chart" data-spec="${id}">${caption}
<div class="canvas ${spec.kind}"><canvas role="img" aria-label="${`${title}: ${summary}`}"></canvas></div>
<script type="application/json" id="${id}">${scriptJson(spec)}</script>
${numbers ? html`<details><summary>The numbers</summary><p>${summary}</p>${numbers}</details>` : null}</figure>`;
}

/** The range to draw: one block has none. */
export const whiskerOf = ({ low, high, blocks }: Spread) => (blocks > 1 ? { low, high } : null);

/** A name from outside as a part of an element's id. */
export const idPart = (name: string): string =>
  name.replace(/[^A-Za-z0-9_-]/g, (character) => `-${character.codePointAt(0)}-`);
