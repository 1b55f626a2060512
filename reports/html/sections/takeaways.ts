import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { html, prose } from '../../drawing/markup.ts';
import { takeawaysOf } from '../../findings/takeaways.ts';
import { type Section, section } from '../figures/section.ts';

const signs = {
  supported: '✓ supported',
  'not supported': '✗ not supported',
  inconclusive: '? inconclusive',
} as const;

/** The lesson's takeaways and whether this run supports them; null where no takeaway is about a server of this run. */
export function takeaways(
  document: RunDocument,
  comparisons: readonly Comparison[],
): Section | null {
  const tested = takeawaysOf(document, comparisons);
  if (tested.length === 0) return null;
  return section(
    'takeaways',
    'Lesson',
    'The lesson, on this machine',
    html`${tested.map(
      ({ claim, rule, outcomes }) => html`<article>
<h3>“${claim}”</h3>
<p class="small">${rule}</p>
<ul class="checks">${outcomes.map(
        ({ server, outcome, text }) =>
          html`<li class="${outcome.replace(' ', '-')}"><span class="sign">${signs[outcome]}</span><div><strong>${server.name}</strong>${server.models === undefined ? '' : ` (models ${server.models})`}: ${prose(text)}</div></li>\n`,
      )}</ul></article>`,
    )}`,
  );
}
