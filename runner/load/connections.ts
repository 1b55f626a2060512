import { once } from 'node:events';
import { connect, isIP } from 'node:net';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { readOpenFilesLimit } from '../probes/proc.ts';
import type { Load } from './load.ts';

const connectWithinMs = 5000;

/** Where connections lead. */
export interface Target {
  readonly address: string;
  readonly port: number;
  /** Null for plain HTTP. */
  readonly tls: ConnectionOptions | null;
}

/** Where the connections of a load lead. A certificate is verified for the load's host, not for its address. */
export async function targetOf({
  host,
  port,
  tls,
}: Pick<Load, 'host' | 'port' | 'tls'>): Promise<Target> {
  const name = withoutBrackets(host);
  return {
    address: await addressOf(host, port),
    port,
    tls: tls
      ? {
          servername: isIP(name) ? '' : name,
          rejectUnauthorized: !tls.insecure,
          // One for all connections: reading trusted certificates takes longer than a handshake.
          secureContext: createSecureContext(),
          ALPNProtocols: ['http/1.1'],
        }
      : null,
  };
}

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/**
 * The address to connect to: a name is looked up once instead of for each connection, and of several addresses the one
 * that accepts is used. When none accepts, the host is returned as it is, so that each request fails with the reason.
 *
 * @param host a name or an address, IPv6 in brackets as in URLs
 */
export async function addressOf(host: string, port: number): Promise<string> {
  const name = withoutBrackets(host);
  if (isIP(name)) return name;
  const socket = connect({ host: name, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectWithinMs) });
    return socket.remoteAddress ?? name;
  } catch {
    return name;
  } finally {
    socket.destroy();
  }
}

/** A generator's open files besides its connections: pipes, event queues, connections that are closing. */
const otherFiles = 100;

/** How many connections this process can have open at once. */
export function connectionsPossible(): number {
  return (readOpenFilesLimit() ?? Number.POSITIVE_INFINITY) - otherFiles;
}

export function tooManyConnections(connections: number): string {
  const needed = connections + otherFiles;
  return `${connections} connections need ${needed} open files, and the limit is ${readOpenFilesLimit()}: raise it with \`ulimit -n ${needed}\`, or use fewer connections`;
}
