import type { RunDocument } from '../../../results/document/run-document.ts';
import type { WorkloadCurves } from '../../../results/load-curve/load-curve.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { type CellFacts, cellFacts } from '../../findings/cell-facts.ts';
import { tableNote } from '../../findings/cell-text.ts';
import type { Headline } from '../../findings/headline.ts';
import { type RankingCell, rankingTable } from '../../findings/ranking-table.ts';
import { slowdownSentence } from '../../findings/slowdown-sentence.ts';
import { workersInWords } from '../../findings/words.ts';
import { disclosure } from '../figures/section.ts';

/** The first screen: the answer in words, and the matrix of servers and workloads. */
export function answer(
  document: RunDocument,
  { lead, rest, notes }: Headline,
  rankings: readonly WorkloadRanking[],
  curves: readonly WorkloadCurves[],
  styleOf: StyleOf,
): Html {
  const inMatrix = rankings.map(slowdownSentence);
  const lines = rest.filter((line) => !inMatrix.includes(line));
  const isRanked = rankings.some(({ leader }) => leader);
  const isWhole = document.status === 'complete' && isRanked;
  return html`<header class="answer">
<h1>${prose(lead)}</h1>
${lines.length > 0 ? html`<div class="rest">${lines.map((line) => html`<p>${prose(line)}</p>`)}</div>` : null}
${isRanked ? matrix(document, rankings, curves, styleOf) : null}
${
  isWhole
    ? disclosure(
        {
          id: 'notes',
          title: 'How to read this',
          inside: 'what was compared, over how many blocks, and what the numbers are',
          printed: true,
        },
        [html`<p>${tableNote(rankings)} ${notes.join(' ')}</p>`],
      )
    : html`<p class="small">${isRanked ? `${tableNote(rankings)} ` : ''}${notes.join(' ')}</p>`
}
</header>`;
}

function matrix(
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
  curves: readonly WorkloadCurves[],
  styleOf: StyleOf,
): Html {
  const { columns, rows } = rankingTable(rankings);
  const facts = rankings.map((ranking, index) =>
    cellFacts(document, ranking, curves[index]?.servers ?? []),
  );
  // Where the page is narrow, each cell names its column.
  const titleOf = (column: (typeof columns)[number] | undefined) =>
    column ? `${column.name}\n${column.unit}` : '';
  const heading = ({ name, unit }: (typeof columns)[number]) =>
    html`<th scope="col">${name}<small>${unit}</small></th>`;
  const row = ({ server, cells }: (typeof rows)[number]) =>
    html`<tr><th scope="row">${swatch(styleOf(server.name))}${server.name}<small>${workersInWords(server)}</small></th>${cells.map((one, index) => cell(one, facts[index]?.get(server.name), server.name, styleOf, titleOf(columns[index])))}</tr>\n`;
  return html`<div class="scroll" role="region" aria-label="Servers and workloads" tabindex="0"><table class="${rows.length > 4 ? 'matrix compact' : 'matrix'}">
<caption class="hidden">The result of each server for each workload, compared with the best.</caption>
<thead><tr><td></td>${columns.map(heading)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table></div>`;
}

const cell = (
  { position, value, share, detail }: RankingCell,
  facts: CellFacts | undefined,
  server: string,
  styleOf: StyleOf,
  column: string,
): Html =>
  html`<td class="${position}" data-column="${column}"><span class="value">${value}</span>${share === null ? null : shareBar(share, server, styleOf)}<div><small>${prose(detail)}</small>${factLines(facts)}</div></td>`;

/** What the value means under an objective and beside other work, and why it is no better. */
const factLines = (facts: CellFacts | undefined): Html[] =>
  facts === undefined
    ? []
    : [...facts.objectives, facts.slowdown, facts.limit]
        .filter((line) => line !== null)
        .map(
          ({ label, text }) =>
            html`<small class="fact"><span class="whole">${prose(label)}:</span> <span class="whole">${prose(text)}</span></small>`,
        );

/** A bar under the number, as long as the value is of the workload's largest. */
function shareBar(share: number, server: string, styleOf: StyleOf): Html {
  const { color, hollow } = styleOf(server);
  return html`<svg class="${hollow ? 'share pale' : 'share'}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track flat" width="100" height="4"/><rect class="${`color-${color} flat`}" width="${(100 * share).toFixed(1)}" height="4"/></svg>`;
}
