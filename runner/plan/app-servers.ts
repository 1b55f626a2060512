import { type App, fetchReason, hostApp } from '../../servers/app/app.ts';
import { servers } from '../../servers/index.ts';
import type { Server } from '../../servers/server.ts';
import { UsageError } from '../errors.ts';
import { parsePaths } from './custom-servers.ts';
import type { ConfiguredServer } from './plan.ts';

/** The flags of `bench run` that concern a module of the user's own. */
interface AppFlags {
  readonly path: readonly string[];
  readonly workload?: string | undefined;
  readonly references: boolean;
}

const hosts = servers.filter((server) => server.hosts).map(({ name }) => name);

/** The models of a run with `--app` and without `--model`. */
export const defaultHosts = hosts.join(',');

/**
 * The servers as they host a module of the user's own.
 *
 * @throws UsageError for a server that hosts none, and if no server hosts this kind
 */
export function hostOnEach(
  chosen: readonly ConfiguredServer[],
  app: App,
  { workload, references }: AppFlags,
): ConfiguredServer[] {
  if (workload !== undefined) {
    throw new UsageError('--workload and --app exclude each other: a module has its own work.');
  }
  if (references) {
    throw new UsageError('--references and --app exclude each other: references host no module.');
  }
  const [other] = chosen.filter((server: Server) => !server.hosts);
  if (other) {
    throw new UsageError(
      `${other.name} cannot host --app: choose from ${hosts.join(', ')}.`,
      '--app',
    );
  }
  if (chosen.every((server) => !server.hosts?.includes(app.kind))) {
    throw new UsageError(
      `${chosen.map(({ name }) => name).join(', ')} cannot host ${app.path}: ${fetchReason}.`,
      '--app',
    );
  }
  return chosen.map((server) => hostApp(server, app));
}

/** The paths to request from a module, each once. */
export const appPaths = ({ path }: Pick<AppFlags, 'path'>): readonly string[] => [
  ...new Set(path.length > 0 ? parsePaths(path) : ['/']),
];
