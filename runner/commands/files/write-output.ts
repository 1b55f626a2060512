import { resolve } from 'node:path';
import { RunError, UsageError } from '../../errors.ts';
import { writeAtomically } from '../../run/store.ts';

/**
 * Writes what a command makes of saved runs.
 *
 * @param inputs the files that it was made from, which stay as they are
 * @throws UsageError for a place that is one of them or cannot be written
 */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  inputs: readonly string[],
): Promise<void> {
  if (inputs.some((input) => resolve(input) === resolve(path))) {
    throw new UsageError(`${path} is what was read, and would be lost: name another file.`);
  }
  try {
    await writeAtomically(path, content);
  } catch (error) {
    throw error instanceof RunError ? new UsageError(error.message) : error;
  }
}
