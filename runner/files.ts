import { constants, createWriteStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { errorCode, systemErrorInWords } from '../servers/launch/diagnostics.ts';
import { RunError, UsageError } from './errors.ts';
import { linkTarget, nullWhenAbsent, replaceFile } from './replace-file.ts';

/** What a path leads to, with symbolic links followed. */
type Destination =
  /** A regular file, or nothing yet. */
  | { readonly kind: 'file'; readonly path: string }
  /** A device or a FIFO, for example: it is written to, and never replaced. */
  | { readonly kind: 'special'; readonly path: string }
  /** A file that this process has open already, such as /dev/stdout. */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** @throws UsageError when there is no such file or it cannot be read */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${systemErrorInWords(error)}.`);
  }
}

/**
 * Writes a file so that a reader, or a crash, meets either the old content or the new, never a part. A symbolic link
 * stays, and the file it points to is written. Devices, FIFOs and the like are written to.
 *
 * @throws RunError that names the file and says why it cannot be written
 */
export function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  return orRunError(path, async () => {
    const destination = await destinationOf(path);
    if (destination.kind === 'file') await replaceFile(destination.path, content);
    else await writeThrough(destination, content);
  });
}

/**
 * The same for a file of a run, or beside one: it follows no symbolic link but takes its place, so that nobody who may write to the
 * folder decides which file is written.
 *
 * @throws RunError that names the file and says why it cannot be written
 */
export function writeOwnFile(path: string, content: string | Uint8Array): Promise<void> {
  return orRunError(path, () => replaceFile(path, content));
}

async function orRunError(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new RunError(`${path || '""'} cannot be written: ${systemErrorInWords(error)}.`);
  }
}

/** @throws an error of the system, such as for links that lead in a circle */
async function destinationOf(path: string): Promise<Destination> {
  const found = await stat(path).catch(nullWhenAbsent);
  let place: string;
  let next: string | null = resolve(path);
  do {
    place = next;
    const descriptor = ownDescriptor(place);
    if (descriptor !== null) return { kind: 'descriptor', descriptor };
    next = await linkTarget(place);
  } while (next !== null);
  return found && !found.isFile() ? { kind: 'special', path } : { kind: 'file', path: place };
}

/** Whether a path is another name of standard output: `-`, /dev/stdout, or a link to it. */
export async function isStandardOutput(path: string): Promise<boolean> {
  if (path === '-') return true;
  const destination = await destinationOf(path).catch(() => null);
  return destination?.kind === 'descriptor' && destination.descriptor === 1;
}

/** The path of the file that a write to a path would replace; links are followed. */
export async function replacedPath(path: string): Promise<string | null> {
  const destination = await destinationOf(path).catch(() => null);
  return destination?.kind === 'file' ? destination.path : null;
}

/** A reader that stops reading early, as in `bench … | head`, is no error. */
async function writeThrough(
  destination: Exclude<Destination, { kind: 'file' }>,
  content: string | Uint8Array,
): Promise<void> {
  const flag = constants.O_WRONLY | constants.O_NOCTTY;
  const writing =
    destination.kind === 'special'
      ? writeFile(destination.path, content, { flag })
      : writeToDescriptor(destination.descriptor, content);
  await writing.catch((error: unknown) => {
    if (errorCode(error) !== 'EPIPE') throw error;
  });
}

/** Standard output and error have streams of their own, which keep what is written in order. */
function writeToDescriptor(fd: number, content: string | Uint8Array): Promise<void> {
  const ownStream = [undefined, process.stdout, process.stderr][fd];
  const stream: Writable = ownStream ?? createWriteStream('', { fd, autoClose: false });
  return new Promise((done, fail) => {
    stream.once('error', fail);
    stream.write(content, (error) => (error ? fail(error) : done()));
  });
}

/** The number of a file that this process has open, from a path such as /dev/fd/1. */
function ownDescriptor(path: string): number | null {
  const [, pid, number] = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(path) ?? [];
  const own = [undefined, 'self', String(process.pid)].includes(pid);
  return number !== undefined && own ? Number(number) : null;
}
