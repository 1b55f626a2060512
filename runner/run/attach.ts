import { isIP } from 'node:net';
import type { RunningServer } from '../../servers/server.ts';
import { UsageError } from '../errors.ts';

/** A server to be loaded: one that we started, or one that runs already and of whose process nothing is known. */
export type Target = Omit<RunningServer, 'pid'> & { readonly pid: number | null };

/** A server that runs already: it is asked, and otherwise left alone. */
export function attach(url: string): Target {
  return {
    url,
    pid: null,
    exited: new Promise(() => {}),
    outputTail: () => '',
    stop: async () => {},
  };
}

/**
 * Reads the URL of a server that runs already.
 *
 * @throws UsageError for what is no http URL, or one of another machine unless that was allowed
 */
export function parseTargetUrl(text: string, allowRemote: boolean): URL {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:') {
    throw new UsageError(
      `--url must be an http URL such as http://localhost:3000/path; "${text}" is not.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('--url must not hold a user or a password: they are not sent.');
  }
  if (!isLoopback(url.hostname) && !allowRemote) {
    throw new UsageError(
      `${url.hostname} is another machine. Load only what is yours, or whose owner has agreed; if so, add --allow-remote.`,
    );
  }
  return url;
}

export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 4) return address.startsWith('127.');
  return address === '::1' || address === 'localhost';
}
