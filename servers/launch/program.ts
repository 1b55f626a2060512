import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Command, LaunchOptions } from '../server.ts';
import { userEnvironment, withoutSecrets } from './environment.ts';
import { LaunchError } from './launch-error.ts';
import type { Program } from './warden.ts';

/** The absolute path of the executable that a shell would run for a name, or undefined if there is none. */
export function findProgram(
  name: string,
  searchPath = process.env['PATH'] ?? '',
): string | undefined {
  const candidates = name.includes('/')
    ? [resolve(name)]
    : searchPath.split(delimiter).map((folder) => resolve(join(folder || '.', name)));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * What to execute for a server's command: the program's absolute path, with the environment of the wire contract,
 * pinned to CPUs by `taskset` if the options say so.
 * @param environment has priority over the command's own variables
 * @throws LaunchError if the program is not installed
 */
export function toProgram(
  server: string,
  command: Command,
  options: LaunchOptions,
  environment: Readonly<Record<string, string>> = {},
): Program {
  const path = requireProgram(server, command.program, 'install it, or add its folder to PATH');
  const program = {
    path,
    arguments: command.arguments,
    workingDirectory: command.workingDirectory,
    environment: {
      ...(command.needsWholeEnvironment ? userEnvironment : withoutSecrets)(process.env),
      ...command.environment,
      ...environment,
      HOST: options.host,
      PORT: String(options.port),
      WORKERS: String(options.workers),
      BACKLOG: String(options.backlog),
    },
  };
  if (!options.cpus) return program;
  return {
    ...program,
    path: requireProgram(server, 'taskset', 'pinning to CPUs needs it (Linux, package util-linux)'),
    arguments: ['-c', options.cpus.join(','), path, ...command.arguments],
  };
}

function requireProgram(server: string, name: string, advice: string): string {
  const path = findProgram(name);
  if (path !== undefined) return path;
  throw new LaunchError('program-not-found', `${server}: ${name} not found; ${advice}`);
}
