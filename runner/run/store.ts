import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { RunError, UsageError } from '../errors.ts';

/** The files of one run. */
export interface RunFiles {
  readonly run: string;
  readonly report: string;
}

/**
 * Makes the folder of a run and claims it, which proves before anything is measured that it can be written.
 *
 * @throws UsageError when it cannot be made or written, or when it already holds a run
 */
export async function claimRunFolder(folder: string): Promise<RunFiles> {
  if (folder.trim() === '') throw new UsageError('--out must name a folder.');
  const files = { run: resolve(folder, 'run.json'), report: resolve(folder, 'report.html') };
  try {
    await makeFolder(resolve(folder));
    // Exclusive: of two runs that want the same folder, one gets it.
    const claim = await open(files.run, 'wx');
    await claim.close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await exists(files.run))) {
      throw new UsageError(
        `${folder} already holds a run, which would be lost. Name another folder with --out.`,
      );
    }
    throw new UsageError(
      `Results cannot be written to ${folder}: ${reason(error)}. Name another folder with --out.`,
    );
  }
  return files;
}

/**
 * Writes a file so that a reader, or a crash, meets either the old content or the new, never a part.
 *
 * @throws RunError that names the file and says why it cannot be written
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await makeFolder(dirname(path));
    const file = await open(partial, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {}); // what stopped the writing may stop this too
    throw new RunError(`${path || '""'} cannot be written: ${reason(error)}.`);
  }
}

/** Makes a folder and those above it. Node.js's own recursive mkdir never returns under /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** @throws UsageError when there is no such file or it cannot be read */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reason(error)}.`);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What the codes of system errors mean to a person. */
const meanings = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ENOTDIR', 'a file is in the way'],
  ['EEXIST', 'a file is in the way'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
]);

function reason(error: unknown): string {
  return meanings.get(codeOf(error) ?? '') ?? String(error);
}

function codeOf(error: unknown): string | undefined {
  return z.object({ code: z.string() }).safeParse(error).data?.code;
}
