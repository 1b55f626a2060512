import { randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../servers/launch/diagnostics.ts';
import { isAlive } from '../servers/launch/process-group.ts';

/**
 * Puts a new file in the place of a path, whatever was there, at once: a reader, or a crash, meets either the old
 * content or the new. A file that is replaced passes on its mode and, where that is permitted, its owner.
 *
 * @throws an error of the system
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  // Another process may write the same file.
  const partial = `${path}.${process.pid}-${randomUUID()}.partial`;
  try {
    await makeFolder(folder);
    await removeAbandoned(folder);
    const replaced = await lstat(path).catch(nullWhenAbsent);
    await writeFile(partial, content, { flag: 'wx', flush: true });
    if (replaced?.isFile()) {
      await chown(partial, replaced.uid, replaced.gid).catch(() => {});
      await chmod(partial, replaced.mode & 0o7777);
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {}); // what prevented the writing may prevent this too
    throw error;
  }
}

/** Removes the partial files of processes that were killed while they wrote. */
async function removeAbandoned(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  const abandoned = entries.filter((entry) => {
    const [, pid] = /\.(\d+)-[0-9a-f-]{36}\.partial$/.exec(entry) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(
    abandoned.map((entry) => rm(join(folder, entry), { force: true }).catch(() => {})),
  );
}

/** Makes a folder and those above it, also where a link points. Node.js's own recursive mkdir never returns under /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') {
      const target = (await stat(folder).catch(nullWhenAbsent)) ? null : await linkTarget(folder);
      if (target !== null) await makeFolder(target);
      return;
    }
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** Where a symbolic link points; null for what is no link, or is not there. */
export async function linkTarget(path: string): Promise<string | null> {
  const target = await readlink(path).catch(() => null);
  return target === null ? null : resolve(await realpath(dirname(path)), target);
}

export function nullWhenAbsent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
