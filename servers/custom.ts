import type { Server } from './server.ts';

/** What is known of a server of the user's own. */
export interface OwnServer {
  readonly name: string;
  /** What a shell is to execute: a program with its arguments, told where to listen by PORT and HOST. */
  readonly commandLine: string;
  /** A path that it answers once it is ready. */
  readonly readyPath?: string;
}

/** A server of the user's own, in any language; one without a path of its own keeps the wire contract. */
export function customServer({ name, commandLine, readyPath }: OwnServer): Server {
  return {
    name,
    kind: 'custom',
    summary: commandLine,
    keepAlive: true,
    workerUnit: 'worker',
    ...(readyPath !== undefined && { readyPath }),
    defaultWorkers: (availableCpus) => availableCpus,
    probe: async () => ({ available: true, version: commandLine }),
    // `env` takes variables set before the program, as in NODE_ENV=production node server.js, which `exec` does not.
    command: () => ({ program: 'sh', arguments: ['-c', `exec env ${commandLine}`] }),
  };
}
