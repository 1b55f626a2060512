import type { AssertionResult } from '../../../results/assertions/assertion.ts';
import { judgeAssertions } from '../../../results/assertions/judge.ts';
import type { RunDocument } from '../../../results/document/run-document.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { assertionSentence, assertionSigns } from '../../findings/assertion-sentences.ts';
import { type Section, section } from '../figures/section.ts';

/** What the user asserted, and whether this run shows it; null without assertions. */
export function assertions(document: RunDocument): Section | null {
  const results = judgeAssertions(document);
  if (results.length === 0) return null;
  return section('assertions', 'Assertions', 'Assertions', assertionList(results));
}

/** A line for each assertion: its outcome, and what was measured. */
export const assertionList = (results: readonly AssertionResult[]): Html =>
  html`<ul class="checks">${results.map(
    (result) =>
      html`<li class="${result.outcome === 'passed' ? 'passed' : 'warn'}"><span class="sign">${assertionSigns[result.outcome]}</span><div>${prose(assertionSentence(result))}</div></li>\n`,
  )}</ul>`;
