import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { userEnvironment } from './launch/environment.ts';
import { findProgram } from './launch/program.ts';
import type { Server } from './server.ts';

/** In a command: the number of workers. */
export const workersPlaceholder = '{workers}';

/** A server of the user's own. */
export interface CustomServer {
  readonly name: string;
  /**
   * A POSIX shell command: a program with its arguments, which listens on $HOST and $PORT. `{workers}` is
   * replaced by the number of workers.
   */
  readonly commandLine: string;
  /** As in `Server`; if left out, the server keeps the wire contract. */
  readonly readyPath?: string | null;
}

/** A server of the user's own, in any language. */
export function customServer(custom: CustomServer): Server {
  const { name, commandLine, readyPath } = custom;
  return {
    name,
    kind: 'custom',
    summary: commandLine,
    keepAlive: true,
    workerUnit: 'worker',
    ...(readyPath !== undefined && { readyPath }),
    defaultWorkers: (availableCpus) => availableCpus,
    probe: async () => ({ available: true, version: await versionOf(commandLine) }),
    command: ({ workers }) => ({
      program: 'sh',
      // `env` accepts variables before the program, as in NODE_ENV=production node server.js; `exec` does not.
      arguments: ['-c', `exec env ${commandLine.replaceAll(workersPlaceholder, String(workers))}`],
      needsWholeEnvironment: true,
    }),
  };
}

/** Programs that print their version and end when run with --version; any other program might start to serve. */
const runtimes =
  /^(?:node|bun|deno|python|pypy|ruby|java|php|perl|dotnet|uwsgi|gunicorn|uvicorn|hypercorn|puma)[0-9.]*$/;
const answerWithinMs = 5_000;

const wordsOf = (commandLine: string) => commandLine.trim().split(/\s+/);

/** The program of a command line, after the variables that are set for it. */
export const programOf = (commandLine: string): string =>
  wordsOf(commandLine)
    .find((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word))
    ?.replaceAll(/['"]/g, '') ?? '';

/** The version of the language or server that a command line starts, such as `node v24.1.0`; else the command line. */
async function versionOf(commandLine: string): Promise<string> {
  if (wordsOf(commandLine).some((word) => word.startsWith('PATH='))) return commandLine; // another program than here
  const program = programOf(commandLine);
  const name = basename(program);
  const environment = userEnvironment(process.env);
  const path = runtimes.test(name) && findProgram(program, environment['PATH']);
  if (!path) return commandLine;
  try {
    const options = { env: environment, timeout: answerWithinMs };
    const { stdout } = await promisify(execFile)(path, ['--version'], options);
    const [line = ''] = stdout.split('\n');
    return /^v?[0-9]/.test(line) ? `${name} ${line}` : line || commandLine;
  } catch {
    return commandLine;
  }
}
