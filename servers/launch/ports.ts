import { createServer, isIP } from 'node:net';
import { errorCode } from './diagnostics.ts';
import { cannotListen } from './launch-error.ts';

/** A TCP port that was free a moment ago. */
export async function choosePort(host = '127.0.0.1'): Promise<number> {
  const port = await tryListening(host, 0);
  if (port === undefined) throw new Error(`no free port on ${host}`);
  return port;
}

/** Whether a server could listen on the port now. */
export async function portIsFree(host: string, port: number): Promise<boolean> {
  return (await tryListening(host, port)) !== undefined;
}

/**
 * Listens for a moment.
 * @returns the port, or undefined if it is taken
 * @throws LaunchError for any other reason, such as a host that is not this machine's
 */
function tryListening(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(cannotListen(host, port, error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/** The URL of a server that listens on a host; the loopback's for a server that listens on every address. */
export function urlOf({ host, port }: { host: string; port: number }): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${addressOf({ host, port })}`;
}

/** Host and port with a colon between them; an IPv6 address in brackets. */
export const addressOf = ({ host, port }: { host: string; port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Whether a host, in brackets or not, is this machine for every machine. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 4) return address.startsWith('127.');
  return address === '::1' || address === 'localhost';
}
