import { customServer } from '../../servers/custom.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { UsageError } from '../errors.ts';
import { availableCpus } from '../probes/cpus.ts';
import { parseTargetUrl } from '../run/attach.ts';
import type { ServerToRun } from './plan.ts';

/** Servers of the user's own, as asked for on the command line. */
export interface OwnServerFlags {
  readonly exec: readonly string[];
  readonly url: readonly string[];
  readonly name: readonly string[];
  readonly path?: string | undefined;
  readonly allowRemote: boolean;
}

/** A server of the user's own, and the path that it alone is asked for, if it has one. */
export interface OwnServerToRun {
  readonly toRun: ServerToRun;
  readonly path: string | undefined;
}

/**
 * Reads the user's own servers from the flags; names belong to commands first, then to URLs, in their order.
 *
 * @param taken names that other servers have
 * @throws UsageError for a name, path or URL that cannot be used
 */
export function readOwnServers(
  flags: OwnServerFlags,
  taken: readonly string[],
  workers: number = availableCpus(),
): OwnServerToRun[] {
  const path = flags.path === undefined ? undefined : parsePath(flags.path);
  const commands = flags.exec.map((commandLine) => ({ commandLine, url: undefined }));
  const urls = flags.url.map((url) => ({
    commandLine: url,
    url: parseTargetUrl(url, flags.allowRemote),
  }));
  const own = [...commands, ...urls];
  if (flags.name.length > own.length) {
    throw new UsageError(
      `--name "${flags.name.at(-1)}" names no server: give one --exec or --url for each name.`,
    );
  }
  if (path !== undefined && own.length === 0) {
    throw new UsageError('--path goes with --exec or --url: it is asked of a server of your own.');
  }
  const nameless = own.find(({ commandLine }) => commandLine.trim() === '');
  if (nameless) throw new UsageError('--exec must be a command, such as "node server.js".');
  const names = own.map(({ commandLine }, index) => flags.name[index] ?? commandLine);
  refuseRepeated([...taken, ...names]);
  return own.map(({ commandLine, url }, index) => {
    const ownPath = path ?? pathOf(url);
    const server = customServer({
      name: names[index] ?? commandLine,
      commandLine,
      ...(ownPath !== undefined && { readyPath: ownPath }),
    });
    return { toRun: { server, workers, ...(url && { url: url.origin }) }, path: ownPath };
  });
}

/** What a path of a server's own is asked; what comes back is only known to be good by its status. */
export function requestTo(path: string): RequestClass {
  return { name: path, weight: 1, path, expectedBody: null, waitMs: 0 };
}

function pathOf(url: URL | undefined): string | undefined {
  const path = url && url.pathname + url.search;
  return path === '/' ? undefined : path;
}

function parsePath(text: string): string {
  if (/^\/(?!\/)[\x21-\x7e]*$/.test(text)) return text;
  throw new UsageError(`--path must start with one / and hold no spaces; "${text}" does not.`);
}

function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new UsageError(`Two servers are named "${repeated}": tell them apart with --name.`);
  }
}
