import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { takeawaysOf } from '../../findings/takeaways/takeaways.ts';
import { type Html, html, prose } from '../html.ts';

const signs = {
  supported: '✓ supported',
  'not supported': '✗ not supported',
  'cannot tell': '? cannot tell',
} as const;

/** The lesson's takeaways, and what this run says to each. */
export function takeaways(document: RunDocument, comparisons: readonly Comparison[]): Html {
  const items = takeawaysOf(document, comparisons).map(
    ({ claim, rule, findings }) => html`<article>
<h3>“${claim}”</h3>
<p class="small">${rule}</p>
${
  findings.length === 0
    ? html`<p>None of the servers that it is about ran.</p>`
    : html`<ul class="checks">${findings.map(
        ({ server, outcome, text }) =>
          html`<li class="${outcome.replace(' ', '-')}"><span class="sign">${signs[outcome]}</span><div><strong>${server.name}</strong>${server.kind === 'model' ? ` (a model that stands for ${server.models})` : ''}: ${prose(text)}</div></li>\n`,
      )}</ul>`
}</article>`,
  );
  return html`<section aria-labelledby="takeaways"><h2 id="takeaways">The lesson, on this machine</h2>
${items}</section>`;
}
