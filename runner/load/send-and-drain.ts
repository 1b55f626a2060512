import http, { type AgentOptions, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { RequestClass } from '../../workloads/workload.ts';
import { headersOf, methodOf, toBuffer } from './request-messages.ts';

/** The slowest permitted request, a wait of a minute, with time to spare. */
export const answerTimeoutMs = 90_000;

type SentRequest = Pick<RequestClass, 'path'> &
  Partial<Pick<RequestClass, 'method' | 'headers' | 'body'>>;

/** A server that requests are sent to. */
export interface Recipient {
  /** Without a path. */
  readonly url: string;
  /** Whether any certificate is accepted. */
  readonly insecure?: boolean;
}

/** The connections to a server. */
export const agentFor = ({ url, insecure }: Recipient, options: AgentOptions): http.Agent =>
  isSecure(url)
    ? new https.Agent({ ...options, rejectUnauthorized: !insecure })
    : new http.Agent(options);

export const isSecure = (url: string): boolean => url.startsWith('https:');

/** The port of a URL, also where it has the usual one. */
export const portOf = (url: string): number =>
  Number(new URL(url).port) || (isSecure(url) ? 443 : 80);

/**
 * Sends a request to a server as the load generators do: to its host and port, with the path as it is.
 *
 * @param agent from `agentFor` the server
 * @returns the answer, whose body is to be read
 * @throws the connection's error, or the signal's
 */
export function sendRequest(
  { url }: Recipient,
  sent: SentRequest,
  { agent, signal }: { readonly agent: http.Agent; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const { path, body } = sent;
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port: portOf(url),
      // By itself, Node.js would check the certificate for the host in the header.
      servername: isIP(host) ? '' : host,
      path,
      method: methodOf(sent),
      headers: {
        ...headersOf(sent),
        ...(body !== undefined && { 'Content-Length': toBuffer(body).length }),
      },
      agent,
      signal,
    };
    (isSecure(url) ? https : http).request(options, resolve).once('error', reject).end(body);
  });
}

/**
 * The same, and reads the answer to its end.
 * @throws the connection's error, or a timeout
 */
export async function sendAndDrain(
  server: Recipient,
  timeoutMs: number,
  { agent, ...sent }: SentRequest & { readonly agent: http.Agent },
): Promise<IncomingMessage> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await sendRequest(server, sent, { agent, signal });
  return new Promise((resolve, reject) => {
    response.resume();
    response.once('end', () => resolve(response));
    response.once('error', reject);
  });
}
