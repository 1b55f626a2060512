import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { RequestClass } from '../../workloads/workload.ts';
import { headersOf, methodOf } from './request-messages.ts';

/** The slowest permitted request, a wait of a minute, with time to spare. */
export const answerTimeoutMs = 90_000;

type SendOptions = Pick<RequestOptions, 'agent'> &
  Partial<Pick<RequestClass, 'method' | 'headers' | 'body'>>;

/**
 * Sends a request for a URL and reads the answer to its end.
 * @throws the connection's error, or a timeout
 */
export function sendAndDrain(
  url: URL,
  timeoutMs: number,
  { agent, ...sent }: SendOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { method: methodOf(sent), agent, signal, headers: headersOf(sent) };
    request(url, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response));
      response.once('error', reject);
    })
      .once('error', reject)
      .end(sent.body);
  });
}
