import type { RunDocument } from '../../results/document/run-document.ts';
import { loadCurvesOf } from '../../results/load-curve/load-curve.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { html, scriptJson } from '../drawing/markup.ts';
import { dark, font, light, seriesStyles } from '../drawing/theme.ts';
import { headlineOf } from '../findings/headline.ts';
import { contents } from './figures/section.ts';
import { chartLibrary, page } from './page.ts';
import { pageScript } from './script.ts';
import { answer } from './sections/answer.ts';
import { assertions } from './sections/assertions.ts';
import { byWorkload } from './sections/by-workload.ts';
import { environment } from './sections/environment.ts';
import { guess } from './sections/guess.ts';
import { lesson } from './sections/lesson.ts';
import { references } from './sections/references.ts';
import { scaling } from './sections/scaling.ts';
import { timeline } from './sections/timeline.ts';
import { trials } from './sections/trials.ts';
import { trust } from './sections/trust.ts';

/** The report of a run: one HTML page that needs no network and contains the run document. */
export function renderHtml(document: RunDocument): string {
  const comparisons = compareServers(document);
  const rankings = rankWorkloads(document, comparisons);
  const workloads = rankings.map((ranking) => ({
    ranking,
    curves: loadCurvesOf(document, ranking.workload),
  }));
  const styleOf = seriesStyles(document.plan.servers);
  const names = document.plan.servers.map(({ name }) => name).join(', ');
  const sections = [
    assertions(document),
    scaling(document, styleOf),
    timeline(document, styleOf),
    ...workloads.map(({ ranking, curves }) => byWorkload(document, ranking, curves, styleOf)),
    references(document, comparisons, styleOf),
    lesson(document, comparisons),
    trust(document, rankings, styleOf),
    environment(document),
    trials(document),
  ].filter((one) => one !== null);
  const questions = guess(document, rankings);
  const body = html`${contents(sections, questions !== null)}
${questions}
${answer(
  document,
  headlineOf(document, rankings),
  rankings,
  workloads.map(({ curves }) => curves),
  styleOf,
)}
<main>
${sections.map(({ markup }) => markup)}
</main>
<script type="application/json" id="run-document">${scriptJson(document)}</script>
<script type="application/json" id="themes">${scriptJson({ light, dark, font })}</script>`;
  return page(`${names} compared: concurrency-bench`, body, [chartLibrary(), pageScript()]);
}

/**
 * The text of the run document that a report contains, for `readRunDocument`. Rendering it again gives the same page, to
 * the byte, unless somebody changed the page.
 *
 * @returns null when the page is not a report
 */
export function embeddedDocument(page: string): string | null {
  const start = '<script type="application/json" id="run-document">';
  const from = page.indexOf(start);
  const to = from < 0 ? -1 : page.indexOf('</script>', from);
  return to < 0 ? null : page.slice(from + start.length, to);
}
