import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { html, prose } from '../../drawing/markup.ts';
import { lessonLines, lessonRule } from '../../findings/lesson.ts';
import { type Section, section } from '../figures/section.ts';

const signs = {
  supported: '✓ supported',
  'not supported': '✗ not supported',
  'cannot tell': '? cannot tell',
} as const;

/** The claims of the lesson, and whether this run supports them; null where no claim is about servers of this run. */
export function lesson(document: RunDocument, comparisons: readonly Comparison[]): Section | null {
  const lines = lessonLines(document, comparisons);
  if (lines.length === 0) return null;
  return section(
    'lesson',
    'Lesson',
    'The lesson, on this machine',
    html`<p class="small">${lessonRule}</p>${[...Map.groupBy(lines, ({ claim }) => claim)].map(
      ([claim, judged]) => html`<article>
<h3>“${claim}”</h3>
<ul class="checks">${judged.map(
        ({ outcome, on, findings }) =>
          html`<li class="${outcome.replace(' ', '-')}"><span class="sign">${signs[outcome]}</span><div><strong>${on}</strong> ${findings.map(({ text }) => html`<p>${prose(text)}</p>`)}</div></li>\n`,
      )}</ul></article>`,
    )}`,
  );
}
