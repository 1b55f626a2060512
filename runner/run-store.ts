import { access, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';

/** The files of one run. */
export interface RunFiles {
  readonly run: string;
  readonly report: string;
}

/**
 * Makes the folder of a run, and proves before anything is measured that it can be written.
 *
 * @throws UsageError when it cannot be made or written, or when it already holds a run
 */
export async function prepareRunFolder(folder: string): Promise<RunFiles> {
  const files = { run: resolve(folder, 'run.json'), report: resolve(folder, 'report.html') };
  try {
    await makeFolder(folder);
    const probe = await open(`${files.run}.partial`, 'w');
    await probe.close();
  } catch (error) {
    throw new UsageError(
      `Results cannot be written to ${folder}: ${reason(error)}. Name another folder with --out.`,
    );
  }
  if (await exists(files.run)) {
    throw new UsageError(
      `${folder} already holds a run, which would be lost. Name another folder with --out.`,
    );
  }
  return files;
}

/** Writes a file so that a reader, or a crash, meets either the old content or the new, never a part. */
export async function writeAtomically(path: string, content: string): Promise<void> {
  await makeFolder(dirname(path));
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
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
