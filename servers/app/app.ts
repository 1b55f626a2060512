import type { AppKind, Server } from '../server.ts';

/** A module of the user's own whose handler the models host; see docs/your-handler.md. */
export interface App {
  /** As the user gave it. */
  readonly path: string;
  readonly moduleUrl: string;
  readonly kind: AppKind;
}

/** The environment variable that names the module to a model's process. */
const variables = { handler: 'HANDLER', fetch: 'FETCH_HANDLER' } as const;

/** Why the pool hosts no Fetch handler. */
export const fetchReason =
  'a Fetch handler cannot move to another thread to compute, and would make the pool an event loop';

const noFetch = {
  available: false,
  reason: fetchReason,
  advice: 'Export a handler that requests computations: docs/your-handler.md',
} as const;

/** A model that hosts a module instead of the workloads. The module gets the user's environment, as from a shell. */
export function hostApp<Host extends Server>(server: Host, { moduleUrl, kind }: App): Host {
  const canHost = server.hosts?.includes(kind);
  return {
    ...server,
    probe: canHost ? () => server.probe() : async () => noFetch,
    command: (options) => {
      const command = server.command(options);
      const others = { [variables.handler]: '', [variables.fetch]: '' };
      return {
        ...command,
        environment: { ...command.environment, ...others, [variables[kind]]: moduleUrl },
        needsWholeEnvironment: true,
      };
    },
  };
}

/** The module that this process hosts; null if it hosts the workloads. */
export function appOfThisProcess(): Omit<App, 'path'> | null {
  for (const kind of ['handler', 'fetch'] as const) {
    const moduleUrl = process.env[variables[kind]];
    if (moduleUrl) return { moduleUrl, kind };
  }
  return null;
}
