import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { findProgram } from '../../launch/find-program.ts';
import { OutputTail } from '../../launch/output-tail.ts';
import { killGroup, signalGroup } from '../../launch/process-group.ts';
import { spawnWarded } from '../../launch/warden.ts';
import type { Exit } from '../../server.ts';
import { PreparationError } from './preparation-error.ts';

const buildWithinMs = 15 * 60_000;
const answerWithinMs = 20_000;

/**
 * Runs a build tool to its end. It can't outlive this process.
 * @throws PreparationError that quotes the tool's last output
 */
export async function runTool(
  name: string,
  toolArguments: readonly string[],
  workingDirectory: string,
): Promise<void> {
  const path = findProgram(name);
  if (path === undefined) throw new PreparationError(`${name} is not installed`, `install ${name}`);
  const tool = { path, arguments: toolArguments, environment: process.env, workingDirectory };
  const { process: child, pid, output } = await spawnWarded(tool);
  const outputRead = once(child, 'close');
  const tail = new OutputTail(...output);
  const timeLimit = setTimeout(() => signalGroup(pid, 'SIGKILL'), buildWithinMs);
  const { code, signal } = await ended(child);
  clearTimeout(timeLimit);
  await killGroup(pid);
  await outputRead;
  if (code === 0) return;
  const ending = signal ? `was ended by ${signal}` : `exited with status ${code}`;
  throw new PreparationError(
    `${[name, ...toolArguments].join(' ')} ${ending}; its last output:\n${tail.toString()}`,
    'mend what it complains of, then run again: bench setup',
  );
}

function ended(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * What a program prints, without the final line end.
 * @throws PreparationError if it fails
 */
export async function askTool(path: string, ...toolArguments: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, toolArguments, { timeout: answerWithinMs });
    return stdout.trimEnd();
  } catch (error) {
    const said = String(error).trimEnd();
    throw new PreparationError(`${path} does not run: ${said}`, 'mend it or install it anew');
  }
}
