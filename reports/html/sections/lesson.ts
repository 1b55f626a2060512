import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { html, prose } from '../../drawing/markup.ts';
import { type LessonLine, lessonLines, lessonRule, outcomes } from '../../findings/lesson.ts';
import { table } from '../figures/figure.ts';
import { disclosure, type Section, section } from '../figures/section.ts';

const signed = (outcome: LessonLine['outcome']): string =>
  `${outcomes[outcome].sign} ${outcomes[outcome].words}`;

type Line = LessonLine['findings'][number] & Pick<LessonLine, 'claim' | 'on'>;

/** The claims of the lesson, and whether this run supports them; null where no claim is about servers of this run. */
export function lesson(document: RunDocument, comparisons: readonly Comparison[]): Section | null {
  const lines = lessonLines(document, comparisons);
  if (lines.length === 0) return null;
  const isCompared = new Set(lines.map(({ on }) => on)).size > 1;
  return section(
    'lesson',
    'Lesson',
    'The lesson, on this machine',
    html`<ul class="checks brief">${lines.map(
      ({ claim, outcome, on }) =>
        html`<li class="${outcome.replace(' ', '-')}"><span class="sign">${signed(outcome)}</span><div>“${claim}”${isCompared ? html` <span class="small">${on}</span>` : null}</div></li>\n`,
    )}</ul>
${disclosure(
  {
    id: 'evidence',
    title: 'The evidence',
    inside: 'the rule, and the ratios behind each claim',
    printed: true,
  },
  [
    html`<p>${lessonRule}</p>`,
    table<Line>(
      'What the claims rest on',
      [
        { title: 'claim', cell: ({ claim, on }) => `“${claim}”${isCompared ? ` (${on})` : ''}` },
        { title: 'outcome', cell: ({ outcome }) => signed(outcome) },
        { title: 'measured', cell: ({ text }) => prose(text) },
      ],
      lines.flatMap(({ claim, on, findings }) => findings.map((one) => ({ ...one, claim, on }))),
    ),
  ],
)}`,
  );
}
