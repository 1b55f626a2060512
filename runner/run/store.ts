import { constants, existsSync } from 'node:fs';
import { type FileHandle, open, readFile, realpath, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunDocument } from '../../results/document/run-document.ts';
import {
  addToDocument,
  type RunAdditions,
  runAdditionsSchema,
} from '../../results/document/run-log.ts';
import { errorCode, systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import { RunError, UsageError } from '../errors.ts';
import { writeOwnFile } from '../files.ts';
import { makeFolder } from '../replace-file.ts';
import { maskedJson } from '../secrets.ts';
import { steadyDate } from './steady-date.ts';

/** The files of one run. */
export interface RunFiles {
  readonly run: string;
  readonly report: string;
}

/**
 * Makes the folder of a run and claims it, which shows before anything is measured that it can be written.
 *
 * @throws UsageError if it cannot be made or written, or if it already holds a run
 */
export async function claimRunFolder(folder: string): Promise<RunFiles> {
  if (folder.trim() === '') throw new UsageError('--out must name a folder.');
  if (folder === '-') {
    throw new UsageError('--out must name a folder: for results on standard output use --json.');
  }
  const files = { run: resolve(folder, 'run.json'), report: resolve(folder, 'report.html') };
  try {
    await makeFolder(resolve(folder));
    // Exclusive: if two runs want the same folder, one gets it.
    const claim = await open(files.run, 'wx');
    await claim.close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && existsSync(files.run)) {
      throw new UsageError(
        `${folder} already holds a run, which would be lost. Name another folder with --out.`,
      );
    }
    throw new UsageError(
      `Results cannot be written to ${folder}: ${systemErrorInWords(error)}. Name another folder with --out.`,
    );
  }
  return files;
}

/** The path of the log that a run keeps beside its document: `run.log.ndjson` beside `run.json`. */
const logPathOf = (path: string): string => path.replace(/(\.json)?$/, '.log.ndjson');

/** Follows no link. */
const newLog = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** The log of a run that has not ended, or was killed; null if there is none. A link to a run is followed. */
export async function readRunLog(path: string): Promise<string | null> {
  const log = logPathOf(await realpath(path).catch(() => path));
  try {
    return await readFile(log, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw new UsageError(`${log} cannot be read: ${systemErrorInWords(error)}.`);
  }
}

/**
 * The document of a run, with everything measured so far on disk. Until the run ends, additions are lines of a log, so
 * that the last trial of a long run takes no longer to save than the first. See docs/decisions/0014-run-log.md.
 */
export class StoredRun {
  readonly document: RunDocument;
  readonly #path: string;
  readonly #log: FileHandle;

  private constructor(document: RunDocument, path: string, log: FileHandle) {
    this.document = document;
    this.#path = path;
    this.#log = log;
  }

  /**
   * @param document a planned run, without trials; it grows with the run
   * @throws RunError if the files cannot be written
   */
  static async create(document: RunDocument, path: string): Promise<StoredRun> {
    // Emptied first: the log of an earlier run must not count for this document.
    const log = await open(logPathOf(path), newLog).catch(cannotWrite(logPathOf(path)));
    await writeOwnFile(path, `${JSON.stringify(document)}\n`);
    return new StoredRun(document, path, log);
  }

  get logPath(): string {
    return logPathOf(this.#path);
  }

  /**
   * Adds to the document; on disk when this resolves.
   * @throws RunError if the log cannot be written
   */
  async add(additions: RunAdditions): Promise<void> {
    const checked = runAdditionsSchema.parse(maskedJson(additions));
    try {
      await this.#log.appendFile(`${JSON.stringify(checked)}\n`);
      await this.#log.datasync();
    } catch (error) {
      cannotWrite(this.logPath)(error);
    }
    addToDocument(this.document, checked);
  }

  /**
   * Writes the whole document, and removes the log.
   * @throws RunError if the document cannot be written; the log stays then
   */
  async end(status: RunDocument['status']): Promise<RunDocument> {
    await this.#log.close();
    Object.assign(this.document, { status, finishedAt: steadyDate().toISOString() });
    await writeOwnFile(this.#path, `${JSON.stringify(this.document)}\n`);
    await rm(this.logPath, { force: true });
    return this.document;
  }
}

const cannotWrite =
  (path: string) =>
  (error: unknown): never => {
    throw new RunError(`${path} cannot be written: ${systemErrorInWords(error)}.`);
  };
