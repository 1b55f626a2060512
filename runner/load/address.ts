import { once } from 'node:events';
import { connect, isIP } from 'node:net';

const connectWithinMs = 5000;

/**
 * The address to connect to. A name is looked up once rather than for each connection; of several addresses, the
 * one that accepts. Where none does, the host as it is: then each request fails, and tells why.
 *
 * @param host a name or an address, an IPv6 one in brackets as URLs have it
 */
export async function addressOf(host: string, port: number): Promise<string> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
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
