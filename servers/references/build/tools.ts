import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { exitInWords } from '../../launch/diagnostics.ts';
import { signalGroup } from '../../launch/process-group.ts';
import { findProgram } from '../../launch/program.ts';
import { spawnWarded } from '../../launch/warden.ts';

const buildWithinMs = 15 * 60_000;
const answerWithinMs = 20_000;

/** Why a server cannot be made ready on this machine, and what would help; both are for people. */
export class PreparationError extends Error {
  override readonly name = 'PreparationError';
  readonly advice: string;

  constructor(reason: string, advice: string) {
    super(reason);
    this.advice = advice;
  }
}

/**
 * Runs a build tool to its end. The tool cannot outlive this process.
 * @throws PreparationError with the tool's last output
 */
export async function runTool(
  name: string,
  toolArguments: readonly string[],
  workingDirectory: string,
): Promise<void> {
  const path = findProgram(name);
  if (path === undefined) throw new PreparationError(`${name} is not installed`, `install ${name}`);
  const { pid, exited, outputTail } = await spawnWarded({
    path,
    arguments: toolArguments,
    environment: process.env,
    workingDirectory,
  });
  const timeLimit = setTimeout(() => signalGroup(pid, 'SIGKILL'), buildWithinMs);
  const exit = await exited;
  clearTimeout(timeLimit);
  if (exit.code === 0) return;
  throw new PreparationError(
    `${[name, ...toolArguments].join(' ')} ${exitInWords(exit)}; its last output:\n${outputTail()}`,
    'fix the error above, then run: bench setup',
  );
}

/**
 * What a program prints, without the final line end.
 * @throws PreparationError if it fails
 */
export async function readToolOutput(path: string, ...toolArguments: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, toolArguments, { timeout: answerWithinMs });
    return stdout.trimEnd();
  } catch (error) {
    throw new PreparationError(
      `${path} does not run: ${String(error).trimEnd()}`,
      'fix it or reinstall it',
    );
  }
}
