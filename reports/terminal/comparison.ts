import type { AssertionResult } from '../../results/assertions/assertion.ts';
import type { CellChange, RunComparison } from '../../results/comparison/change.ts';
import { changeLines, changeSigns, comparisonSentences } from '../findings/change-sentences.ts';
import { assertionLines } from './assertions.ts';
import { type Style, type TerminalOptions, writerFor } from './text.ts';

const styles: Partial<Record<CellChange['change']['kind'], Style>> = {
  worse: 'red',
  broken: 'red',
  better: 'green',
  unclear: 'yellow',
};

/** What changed from one run to another, on the terminal: with figures for which there is no more to say on one line. */
export function renderComparisonText(
  comparison: RunComparison,
  assertions: readonly AssertionResult[],
  options: TerminalOptions,
): string {
  const { paint, paragraph } = writerFor(options);
  const width = Math.max(...Object.values(changeSigns).map(({ length }) => length)) + 2;
  const line = (sign: string, text: string, style?: Style) =>
    paragraph(text, sign.padEnd(width), style);
  return [
    paint('bold', paragraph(comparisonSentences(comparison).join(' '))),
    '',
    ...(assertions.length > 0 ? [...assertionLines(assertions, options), ''] : []),
    ...changeLines(comparison).map(({ kind, sign, text }) => line(sign, text, styles[kind])),
    ...comparison.warnings.map(({ message, advice }) =>
      line('! warning', `${message}; ${advice}`, 'yellow'),
    ),
  ].join('\n');
}
