import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { Headline } from '../../findings/headline.ts';
import type { Look } from '../../findings/palette.ts';
import { type Html, html, prose } from '../html.ts';
import { matrix } from './matrix.ts';

/** The first screen: the answer in words, and the matrix of servers and workloads. */
export function answer(
  { lead, rest, caveats }: Headline,
  contests: readonly WorkloadRanking[],
  looks: ReadonlyMap<string, Look>,
): Html {
  return html`<header class="answer">
<h1>${prose(lead)}</h1>
${rest.length > 0 ? html`<div class="rest">${rest.map((line) => html`<p>${prose(line)}</p>`)}</div>` : null}
${contests.some(({ leader }) => leader) ? matrix(contests, looks) : null}
<p class="small">${caveats.join(' ')}</p>
</header>`;
}
