import { RunDocumentError, readRunDocument } from '../results/read-run-document.ts';
import type { RunDocument } from '../results/run-document.ts';
import { UsageError } from './errors.ts';
import { readText } from './run-store.ts';

/** @throws UsageError that names the file and says what is wrong with it */
export async function readRunFile(path: string): Promise<RunDocument> {
  const text = await readText(path);
  try {
    return readRunDocument(text);
  } catch (error) {
    if (!(error instanceof RunDocumentError)) throw error;
    throw new UsageError(`${path} cannot be used: ${error.message}.`);
  }
}
