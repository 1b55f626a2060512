import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemErrorInWords } from '../../launch/diagnostics.ts';
import { isAlive } from '../../launch/process-group.ts';
import type { Availability } from '../../server.ts';
import { PreparationError } from './tools.ts';

export type Report = (line: string) => void;

/** Something that a server needs and that is built once on each machine, from sources of this package. */
export interface Artefact {
  readonly name: string;
  readonly sourceDirectory: string;
  /** Matches the names of the source files; when one of these files changes, another build is needed. */
  readonly sources: RegExp;
  /** Builds nothing, and is quick. @throws PreparationError if a build tool is missing */
  checkTools(): Promise<void>;
  /** Builds in an empty folder, which is moved afterwards. */
  build(directory: string, report: Report): Promise<void>;
  /** Runs the built program to learn its version; rejects if it does not work. */
  version(directory: string): Promise<string>;
}

/**
 * The folder of the build of the present sources, whether or not it exists.
 * @throws PreparationError if there are no sources
 */
export function artefactDirectory({ name, sourceDirectory, sources }: Artefact): string {
  if (!existsSync(sourceDirectory)) {
    throw new PreparationError(`its sources are missing (${sourceDirectory})`, 'reinstall bench');
  }
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of readdirSync(sourceDirectory).toSorted()) {
    if (!sources.test(file)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(join(sourceDirectory, file)));
  }
  return join(cacheDirectory(), `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** The folder for builds: CONCURRENCY_BENCH_HOME, or one in the user's cache. Safe to delete. */
function cacheDirectory(): string {
  const { CONCURRENCY_BENCH_HOME: chosen, XDG_CACHE_HOME: cache } = process.env;
  return resolve(chosen || join(cache || join(homedir(), '.cache'), 'concurrency-bench'));
}

/** Whether an artefact is built and works. Never builds. */
export async function probeArtefact(artefact: Artefact): Promise<Availability> {
  try {
    const directory = artefactDirectory(artefact);
    if (existsSync(directory)) {
      return await artefact.version(directory).then(
        (version) => ({ available: true, version }),
        () => unavailable('it was built, but no longer works', 'run: bench setup'),
      );
    }
    await artefact.checkTools();
    return unavailable('it is not built yet', 'run: bench setup');
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    return unavailable(error.message, error.advice);
  }
}

/**
 * Builds an artefact unless it is built and works. A build appears whole or not at all, even if interrupted.
 * @throws PreparationError
 */
export async function prepareArtefact(artefact: Artefact, report: Report): Promise<void> {
  const { available } = await probeArtefact(artefact);
  if (available) return;
  const directory = artefactDirectory(artefact);
  await artefact.checkTools();

  const unfinished = join(cacheDirectory(), `${unfinishedPrefix}${artefact.name}-${process.pid}`);
  await removeAbandoned();
  await makeEmpty(unfinished);
  await rm(directory, { recursive: true, force: true });
  try {
    await artefact.build(unfinished, report);
    await rename(unfinished, directory).catch((error: unknown) => {
      // Another setup, run at the same time, was faster; its build is as good.
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

const unfinishedPrefix = '.unfinished-';

/** Removes builds whose process was killed. */
async function removeAbandoned(): Promise<void> {
  const entries = await readdir(cacheDirectory()).catch(() => []);
  const abandoned = entries.filter((entry) => {
    const [, pid] = /-(\d+)$/.exec(entry) ?? [];
    return entry.startsWith(unfinishedPrefix) && pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(
    abandoned.map((entry) => rm(join(cacheDirectory(), entry), { recursive: true, force: true })),
  );
}

async function makeEmpty(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new PreparationError(
      `cannot make the folder ${directory}: ${systemErrorInWords(error)}`,
      'set CONCURRENCY_BENCH_HOME to a folder that can be written',
    );
  }
}

const unavailable = (reason: string, advice: string): Availability => ({
  available: false,
  reason,
  advice,
});
