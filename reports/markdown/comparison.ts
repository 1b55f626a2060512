import type { AssertionResult } from '../../results/assertions/assertion.ts';
import type { RunComparison } from '../../results/comparison/change.ts';
import { assertionLine } from '../findings/assertion-sentences.ts';
import { changeLines, comparisonSentences } from '../findings/change-sentences.ts';
import { sentence } from '../findings/words.ts';
import { inline, list, table } from './markup.ts';

/** What changed from one run to another, for a comment on a pull request. */
export function renderComparisonMarkdown(
  comparison: RunComparison,
  assertions: readonly AssertionResult[],
): string {
  const [lead = '', ...rest] = comparisonSentences(comparison);
  const lines = changeLines(comparison);
  return `${[
    `**${inline(lead)}**`,
    ...(rest.length > 0 ? [inline(rest.join(' '))] : []),
    ...list(assertions.map(assertionLine)),
    ...(lines.length > 0
      ? [
          table(
            ['', 'change'],
            lines.map(({ sign, text }) => [sign, inline(text)]),
          ),
        ]
      : []),
    ...list(comparison.warnings.map(({ message, advice }) => sentence(`${message}; ${advice}`))),
  ].join('\n\n')}\n`;
}
