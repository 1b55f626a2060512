import { access, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import { UsageError } from '../errors.ts';
import { makeFolder } from '../files.ts';

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
  if (folder === '-') {
    throw new UsageError('--out must name a folder: for results on standard output use --json.');
  }
  const files = { run: resolve(folder, 'run.json'), report: resolve(folder, 'report.html') };
  try {
    await makeFolder(resolve(folder));
    // Exclusive: of two runs that want the same folder, one gets it.
    const claim = await open(files.run, 'wx');
    await claim.close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await exists(files.run))) {
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
