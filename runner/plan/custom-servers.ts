import { customServer } from '../../servers/custom.ts';
import { isLoopback } from '../../servers/launch/ports.ts';
import { UsageError } from '../errors.ts';
import { methodOf } from '../load/request-messages.ts';
import { masked } from '../secrets.ts';
import type { ConfiguredServer } from './plan.ts';
import { type Request, requestTo } from './requests.ts';

/** The flags of `bench run` that describe the user's own servers. */
export interface CustomServerFlags {
  readonly exec: readonly string[];
  readonly url: readonly string[];
  readonly name: readonly string[];
  readonly path: readonly string[];
  readonly requests: readonly Request[];
  readonly headers: Readonly<Record<string, string>>;
  readonly allowRemote: boolean;
  readonly app?: string | undefined;
}

/**
 * Reads the user's own servers from the flags; names belong to commands first, then to URLs, in their order. Without
 * requests, the ready path of a server is the only path to request from it; a server without one serves the workloads.
 *
 * @throws UsageError for a name, path or URL that cannot be used
 */
export function readCustomServers(flags: CustomServerFlags, workers: number): ConfiguredServer[] {
  const [path, another] = parsePaths(flags.path);
  const commands = flags.exec.map((commandLine) => ({ commandLine, url: undefined }));
  const urls = flags.url.map((url) => ({
    commandLine: url,
    url: parseTargetUrl(url, flags.allowRemote),
  }));
  const all = [...commands, ...urls];
  if (flags.name.length > all.length) {
    throw new UsageError(
      `--name "${flags.name.at(-1)}" belongs to no server: give one --exec or --url for each name.`,
    );
  }
  refuseUnused(flags, all);
  if (another !== undefined && all.length > 0) {
    throw new UsageError(
      `--path can be given once, for all of your servers; "${another}" is one too many.`,
    );
  }
  if (all.some(({ commandLine }) => commandLine.trim() === '')) {
    throw new UsageError('--exec must be a command, such as "node server.js".');
  }
  return all.map(({ commandLine, url }, index) => {
    // A name is in the results, and a command may contain what a variable has.
    const name = masked(flags.name[index] ?? commandLine);
    const ownPath = flags.requests.length > 0 ? readyPathOf(flags.requests) : (path ?? url?.path);
    const server = customServer({
      name,
      commandLine,
      ...(ownPath !== undefined && { readyPath: ownPath }),
    });
    return { ...server, workers, ...(url && { url: url.origin }) };
  });
}

/** Refuses paths, requests and headers that no server would get. */
function refuseUnused(
  { path, requests, headers, app }: CustomServerFlags,
  servers: readonly { readonly commandLine: string; readonly url: TargetUrl | undefined }[],
): void {
  const [chosen] = [...path.map(() => '--path'), ...requests.map(() => '--request')];
  if (chosen !== undefined && servers.length === 0 && app === undefined) {
    throw new UsageError(`${chosen} needs --app, --exec or --url: it is for your own code.`);
  }
  if (path.length > 0 && requests.length > 0) {
    throw new UsageError('--path and --request exclude each other: --request has a path itself.');
  }
  const [urlWithPath] = servers.flatMap(({ url, commandLine }) =>
    url?.path === undefined ? [] : commandLine,
  );
  if (requests.length > 0 && urlWithPath !== undefined) {
    throw new UsageError(
      `--url ${urlWithPath} must have no path: the paths of --request are sent to it.`,
    );
  }
  if (Object.keys(headers).length > 0 && (chosen ?? urlWithPath ?? app) === undefined) {
    throw new UsageError('--header needs --request or --path: workloads have no headers.');
  }
}

/** A path that is safe to get before the run; null if there is none. */
function readyPathOf(requests: readonly Request[]): string | null {
  const readable = requests.find(
    ({ method, path, body, bodyFile }) =>
      methodOf({ method, body: body ?? bodyFile }) === 'GET' && !path.includes('${'),
  );
  return readable?.path ?? null;
}

/** A running server, and the path to request from it, if the URL has one. */
interface TargetUrl {
  readonly origin: string;
  readonly path: string | undefined;
}

/**
 * Reads the URL of a running server. Its path is requested as it was typed.
 *
 * @throws UsageError for anything but an http or https URL, or for another machine unless that is allowed
 */
export function parseTargetUrl(text: string, allowRemote: boolean): TargetUrl {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(
      `--url must be an http or https URL, such as http://localhost:3000/path, not "${text}".`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('--url must not contain a user or a password: they are not sent.');
  }
  if (!isLoopback(url.hostname) && !allowRemote) {
    throw new UsageError(
      `${url.hostname} is another machine. Load only your own servers, or those whose owner has agreed; if so, add --allow-remote.`,
      '--url',
    );
  }
  const [, typedPath = ''] = /^[^:]*:[/\\]*[^/?#\\]*(.*)$/s.exec(text.trim()) ?? [];
  const path = typedPath.startsWith('?') ? `/${typedPath}` : typedPath;
  const isNone = path === '' || path === '/';
  return {
    origin: url.origin,
    path: isNone ? undefined : requestTo(path, 'the path of --url').path,
  };
}

/** @throws UsageError for a path that cannot be requested */
export const parsePaths = (paths: readonly string[]): readonly string[] =>
  paths.map((path) => requestTo(path, '--path').path);
