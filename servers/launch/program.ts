import type { Command, LaunchOptions } from '../server.ts';
import { findProgram } from './find-program.ts';
import { LaunchError } from './launch-error.ts';
import type { Program } from './warden.ts';

/**
 * What to execute for a server's command: found on this machine, told its wire contract's environment, pinned to CPUs.
 * @throws LaunchError for a program that isn't there
 */
export function toProgram(
  name: string,
  command: Command,
  options: LaunchOptions,
  environment: Readonly<Record<string, string>> = {},
): Program {
  const path = find(name, command.program, command.workingDirectory);
  const program = {
    path,
    arguments: command.arguments,
    workingDirectory: command.workingDirectory,
    environment: {
      ...process.env,
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
    path: find(name, 'taskset', undefined),
    arguments: ['-c', options.cpus.join(','), path, ...command.arguments],
  };
}

function find(server: string, name: string, workingDirectory: string | undefined): string {
  const path = findProgram(name, workingDirectory);
  if (path !== undefined) return path;
  const advice =
    name === 'taskset'
      ? 'pinning to CPUs needs it (Linux, package util-linux)'
      : 'install it, or put its folder into PATH';
  throw new LaunchError('program-not-found', `${server}: no program ${name} here; ${advice}`);
}
