import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError, UsageError } from '../errors.ts';
import { replacedPath, writeAtomically } from '../files.ts';

/**
 * The path of a file that `--out` names, or that goes into a folder: one that exists, or that is named with a `/` at
 * its end.
 */
export async function fileIn(out: string, name: string): Promise<string> {
  const isFolder = out.endsWith('/') || (await stat(out).catch(() => null))?.isDirectory() === true;
  return isFolder ? join(out, name) : out;
}

/**
 * Writes what a command makes of saved runs; `-` means standard output.
 *
 * @param inputs the files that it was made from, which stay as they are
 * @param write how links in the place of the file are treated
 * @throws UsageError for a path that is one of the inputs or cannot be written
 */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  inputs: readonly string[],
  write: typeof writeAtomically = writeAtomically,
): Promise<void> {
  const replaced = await replacedPath(path);
  // An input that is a pipe has no path.
  const kept = await Promise.all(inputs.map((input) => realpath(input).catch(() => null)));
  if (replaced !== null && kept.includes(replaced)) {
    throw new UsageError(`${path} would overwrite its own input: name another file.`);
  }
  try {
    await write(path === '-' ? '/dev/fd/1' : path, content);
  } catch (error) {
    throw error instanceof RunError ? new UsageError(error.message) : error;
  }
}

/** Shows a file in the user's browser; where there is none, says so and goes on. */
export async function openInBrowser(path: string): Promise<void> {
  const { default: open } = await import('open');
  const browser = await open(path);
  browser.once('error', () =>
    process.stderr.write(`bench: no browser could be started to show ${path}\n`),
  );
}
