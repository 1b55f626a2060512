import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { tableNote } from '../../findings/cell-text.ts';
import type { Headline } from '../../findings/headline.ts';
import { type RankingCell, rankingTable } from '../../findings/ranking-table.ts';
import { workersInWords } from '../../findings/words.ts';

/** The first screen: the answer in words, and the matrix of servers and workloads. */
export function answer(
  { lead, rest, notes }: Headline,
  rankings: readonly WorkloadRanking[],
  styleOf: StyleOf,
): Html {
  return html`<header class="answer">
<h1>${prose(lead)}</h1>
${rest.length > 0 ? html`<div class="rest">${rest.map((line) => html`<p>${prose(line)}</p>`)}</div>` : null}
${rankings.some(({ leader }) => leader) ? matrix(rankings, styleOf) : null}
<p class="small">${notes.join(' ')}</p>
</header>`;
}

function matrix(rankings: readonly WorkloadRanking[], styleOf: StyleOf): Html {
  const { columns, rows } = rankingTable(rankings);
  const heading = ({ name, unit }: (typeof columns)[number]) =>
    html`<th scope="col">${name}<small>${unit}</small></th>`;
  const row = ({ server, cells }: (typeof rows)[number]) =>
    html`<tr><th scope="row">${swatch(styleOf(server.name))}${server.name}<small>${workersInWords(server)}</small></th>${cells.map((one) => cell(one, server.name, styleOf))}</tr>\n`;
  return html`<div class="scroll" role="region" aria-label="Servers and workloads" tabindex="0"><table class="${rows.length > 4 ? 'matrix compact' : 'matrix'}">
<caption class="hidden">The result of each server for each workload, compared with the best.</caption>
<thead><tr><td></td>${columns.map(heading)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table></div>
<p class="small">${tableNote(rankings)}</p>`;
}

const cell = (
  { position, value, share, detail }: RankingCell,
  server: string,
  styleOf: StyleOf,
): Html =>
  html`<td class="${position}"><span class="value">${value}</span>${share === null ? null : shareBar(share, server, styleOf)}<small>${prose(detail)}</small></td>`;

/** A bar under the number, as long as the value is of the workload's largest. */
function shareBar(share: number, server: string, styleOf: StyleOf): Html {
  const { color, hollow } = styleOf(server);
  return html`<svg class="${hollow ? 'share pale' : 'share'}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track flat" width="100" height="4"/><rect class="${`color-${color} flat`}" width="${(100 * share).toFixed(1)}" height="4"/></svg>`;
}
