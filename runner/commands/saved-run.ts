import { printable } from '../../reports/terminal/text.ts';
import { readRunDocument } from '../../results/document/read.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { RunDocumentError } from '../../results/document/run-document-error.ts';
import { UsageError } from '../errors.ts';
import { readText } from '../files.ts';
import { readRunLog } from '../run/store.ts';

/** @throws UsageError that names the file and says what is wrong with it */
export async function readRunFile(path: string): Promise<RunDocument> {
  // First the log: a run that ends meanwhile replaces its document, and then removes the log.
  const log = await readRunLog(path);
  const text = await readText(path);
  if (text === '') {
    throw new UsageError(
      `${path} is empty: its run ended before it had begun to measure. Run it again.`,
    );
  }
  return parseRunDocument(path, text, log);
}

/** @throws UsageError that says what is wrong with the text, and names the file that it is from */
export function parseRunDocument(
  path: string,
  text: string,
  log: string | null = null,
): RunDocument {
  try {
    return readRunDocument(text, log);
  } catch (error) {
    if (!(error instanceof RunDocumentError)) throw error;
    throw new UsageError(`${path} cannot be used: ${printable(error.message)}.`);
  }
}
