import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '../../servers/launch/ports.ts';
import { UsageError } from '../errors.ts';
import type { LoadWorkersPlan } from '../load/workers/load-workers.ts';
import { parseWholeNumber } from './flag-values.ts';

/** Locust's. */
const defaultPort = 5557;
const loopback = '127.0.0.1';
const mostLoadWorkers = 1000;

export const loadWorkerFlagsSchema = z.object({
  loadWorkers: z.string().optional(),
  masterBind: z.string().optional(),
  serverAddress: z.string().optional(),
});

interface LoadWorkerFlags extends z.infer<typeof loadWorkerFlagsSchema> {
  readonly url?: readonly string[];
}

/** @throws UsageError for a number or an address that cannot be used */
export function planLoadWorkers({
  loadWorkers,
  masterBind,
  serverAddress,
  url = [],
}: LoadWorkerFlags): LoadWorkersPlan | null {
  if (loadWorkers === undefined) {
    if (masterBind === undefined) return null;
    throw new UsageError('--master-bind is for --load-workers, and without them has no effect.');
  }
  const count = parseWholeNumber('--load-workers', loadWorkers, 1, mostLoadWorkers);
  const master = parseAddress('--master-bind', masterBind ?? loopback);
  if (!isLoopback(master.host)) {
    const hosts = url.map((one) => URL.parse(one)?.hostname ?? '');
    const usedHosts = hosts.length > 0 ? hosts : [serverAddress ?? loopback];
    const own = usedHosts.find(isLoopback);
    if (own !== undefined) {
      throw new UsageError(
        `--load-workers of other machines need an address of the servers that they reach (--server-address, or that of --url): ${own} is another machine for each of them.`,
      );
    }
  }
  return { count, ...master };
}

/**
 * A host and a port as typed: `10.0.0.1`, `load-master:5557`, `[::1]:5557`.
 * @throws UsageError for anything else
 */
export function parseAddress(flag: string, text: string): { host: string; port: number } {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = inBrackets ?? plain ?? (isIP(text) === 6 ? text : undefined);
  if (host === undefined) {
    throw new UsageError(`${flag} must be an address, or an address:port, not "${text}".`);
  }
  return {
    host,
    port: port === undefined ? defaultPort : parseWholeNumber(flag, port, 1, 65_535),
  };
}
