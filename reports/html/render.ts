import type { RunDocument } from '../../results/document/run-document.ts';
import { predictionsOf } from '../../results/predictions.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { askedInstead } from '../findings/fairness.ts';
import { headlineOf } from '../findings/headline.ts';
import { looksOf } from '../findings/palette.ts';
import { chartLibrary } from './assets.ts';
import { pageScript } from './browser/script.ts';
import { embeddedId } from './embedded.ts';
import { html, scriptJson } from './html.ts';
import { page } from './page.ts';
import { answer } from './sections/answer.ts';
import { byWorkload } from './sections/by-workload.ts';
import { environment } from './sections/environment.ts';
import { originals } from './sections/originals.ts';
import { takeaways } from './sections/takeaways.ts';
import { timeline } from './sections/timeline.ts';
import { trials } from './sections/trials.ts';
import { trust } from './sections/trust.ts';
import { dark, font, light } from './tones.ts';

/** The report of a run: one HTML page that asks the network for nothing, and carries the run's document. */
export function renderHtml(document: RunDocument): string {
  const comparisons = compareServers(document);
  const contests = rankWorkloads(document, comparisons);
  const looks = looksOf(document.plan.servers);
  const names = document.plan.servers.map(({ name }) => name).join(', ');
  const body = html`${answer(headlineOf(document, contests), contests, looks)}
<main>
${timeline(document, looks)}
${contests.map((contest) => byWorkload(contest, looks, predictionsOf(document, contest.workload), document.pilots, askedInstead(document, contest.workload.name)))}
${originals(document, comparisons, looks)}
${takeaways(document, comparisons)}
${trust(document)}
${environment(document)}
${trials(document)}
</main>
<script type="application/json" id="${embeddedId}">${scriptJson(document)}</script>
<script type="application/json" id="tones">${scriptJson({ light, dark, font })}</script>`;
  return page(`${names} compared: concurrency-bench`, body, [chartLibrary(), pageScript()]);
}
