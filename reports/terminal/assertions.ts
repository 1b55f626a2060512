import type { AssertionResult } from '../../results/assertions/assertion.ts';
import { assertionSentence, assertionSigns } from '../findings/assertion-sentences.ts';
import { type TerminalOptions, writerFor } from './text.ts';

const styles = { passed: 'green', failed: 'red', unclear: 'yellow' } as const;

const signWidth = Math.max(...Object.values(assertionSigns).map(({ length }) => length)) + 2;

/** A line for each assertion: its outcome, and what was measured. */
export function assertionLines(
  results: readonly AssertionResult[],
  options: TerminalOptions,
): string[] {
  const { paragraph } = writerFor(options);
  return results.map((result) =>
    paragraph(
      assertionSentence(result),
      assertionSigns[result.outcome].padEnd(signWidth),
      styles[result.outcome],
    ),
  );
}
