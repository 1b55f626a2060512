import { type AssertableRun, readAssertion } from '../../results/assertions/read-assertion.ts';
import { TextError } from '../../results/assertions/text-reader.ts';
import { UsageError } from '../errors.ts';

/**
 * Checks the assertions of the command line against the run that they are about.
 *
 * @returns each once, on one line
 * @throws UsageError that points to the place of the mistake
 */
export function checkAssertions(texts: readonly string[], run: AssertableRun): string[] {
  const lines = [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()))];
  for (const line of lines) {
    try {
      readAssertion(line, run);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      const pointer = `${' '.repeat(error.at)}^`;
      throw new UsageError(`--assert: ${error.message}.\n  ${line}\n  ${pointer}`);
    }
  }
  return lines;
}
