import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Availability } from '../../server.ts';
import { cacheDirectory } from './cache-directory.ts';
import { PreparationError } from './preparation-error.ts';

export type Report = (line: string) => void;

/** What a server needs built once on each machine, from sources of ours and tools that are there or not. */
export interface Artefact {
  readonly name: string;
  readonly sourceDirectory: string;
  /** Matches the names of the files there that it is built from: when one changes, it is another build. */
  readonly sources: RegExp;
  /** Throws PreparationError where a tool is missing; quick, and builds nothing. */
  checkTools(): Promise<void>;
  /** Builds in an empty directory, which is moved afterwards. */
  build(directory: string, report: Report): Promise<void>;
  /** Runs what was built to ask for its version; rejects if it doesn't work. */
  version(directory: string): Promise<string>;
}

/** Where the build of these very sources is, or would be. */
export function artefactDirectory({ name, sourceDirectory, sources }: Artefact): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of readdirSync(sourceDirectory).toSorted()) {
    if (!sources.test(file)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(join(sourceDirectory, file)));
  }
  return join(cacheDirectory(), `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Whether it is built and works. Never builds. */
export async function probeArtefact(artefact: Artefact): Promise<Availability> {
  try {
    checkSources(artefact);
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
 * Builds it, unless it is there and works. It appears whole or not at all, whatever interrupts the build.
 * @throws PreparationError
 */
export async function prepareArtefact(artefact: Artefact, report: Report): Promise<void> {
  const { available } = await probeArtefact(artefact);
  if (available) return;
  checkSources(artefact);
  await artefact.checkTools();

  const directory = artefactDirectory(artefact);
  const unfinished = join(cacheDirectory(), `.unfinished-${artefact.name}-${process.pid}`);
  await makeEmpty(unfinished);
  await rm(directory, { recursive: true, force: true });
  try {
    await artefact.build(unfinished, report);
    await rename(unfinished, directory).catch((error: unknown) => {
      // Another setup was faster; its build is as good.
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function makeEmpty(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new PreparationError(
      `cannot make the folder ${directory} (${String(error)})`,
      'set CONCURRENCY_BENCH_HOME to a folder that can be written',
    );
  }
}

function checkSources({ sourceDirectory }: Artefact): void {
  if (existsSync(sourceDirectory)) return;
  throw new PreparationError(`its sources are missing (${sourceDirectory})`, 'install bench anew');
}

const unavailable = (reason: string, advice: string): Availability => ({
  available: false,
  reason,
  advice,
});
