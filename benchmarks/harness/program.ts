import { readFile } from 'node:fs/promises';
import { describeError, exitCode, UsageError } from '../../runner/errors.ts';
import { writeAtomically } from '../../runner/files.ts';

/** The flag of every program that saves results: measures again what is saved already. */
export const freshFlag = { fresh: { type: 'boolean', default: false } } as const;

/**
 * Runs a benchmark program. Its exit status is 0 when the result is as it should be, 1 when it is not or something
 * failed, 2 for wrong usage and 130 after an interruption.
 */
export async function runProgram(main: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    const shown = isWrongFlag(error) ? new UsageError(error.message) : error;
    console.error(describeError(shown));
    process.exit(exitCode(shown));
  }
}

/** Whether parseArgs of Node.js refused the command line. */
const isWrongFlag = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** Where a program saves a result, so that the next call continues where an earlier one ended. */
export const savedPath = (name: string): string => `runs/benchmarks/${name}.json`;

/** @returns the text of a saved result; null when nothing is saved under this name */
export function loadSaved(name: string): Promise<string | null> {
  return readFile(savedPath(name), 'utf8').catch(() => null);
}

export function save(name: string, result: unknown): Promise<void> {
  return writeAtomically(savedPath(name), `${JSON.stringify(result, null, 1)}\n`);
}
