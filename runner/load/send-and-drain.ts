import { type Agent, type IncomingMessage, request } from 'node:http';
import type { RequestClass } from '../../workloads/workload.ts';
import { headersOf, methodOf, toBuffer } from './request-messages.ts';

/** The slowest permitted request, a wait of a minute, with time to spare. */
export const answerTimeoutMs = 90_000;

type SentRequest = Pick<RequestClass, 'path'> &
  Partial<Pick<RequestClass, 'method' | 'headers' | 'body'>>;

/**
 * Sends a request to a server as the load generators do: to its host and port, with the path as it is.
 *
 * @param url of the server, without a path
 * @returns the answer, whose body is to be read
 * @throws the connection's error, or the signal's
 */
export function sendRequest(
  url: string,
  sent: SentRequest,
  { agent, signal }: { readonly agent: Agent; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  const { path, body } = sent;
  return new Promise((resolve, reject) => {
    const options = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port || 80,
      path,
      method: methodOf(sent),
      headers: {
        ...headersOf(sent),
        ...(body !== undefined && { 'Content-Length': toBuffer(body).length }),
      },
      agent,
      signal,
    };
    request(options, resolve).once('error', reject).end(body);
  });
}

/**
 * The same, and reads the answer to its end.
 * @throws the connection's error, or a timeout
 */
export async function sendAndDrain(
  url: string,
  timeoutMs: number,
  { agent, ...sent }: SentRequest & { readonly agent: Agent },
): Promise<IncomingMessage> {
  const response = await sendRequest(url, sent, { agent, signal: AbortSignal.timeout(timeoutMs) });
  return new Promise((resolve, reject) => {
    response.resume();
    response.once('end', () => resolve(response));
    response.once('error', reject);
  });
}
