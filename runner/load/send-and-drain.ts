import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { Body } from '../../workloads/runtime.ts';

/** The slowest permitted request, a wait of a minute, with time to spare. */
export const answerTimeoutMs = 90_000;

interface SendOptions extends Pick<RequestOptions, 'agent'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST; without, the request is a GET. */
  readonly body?: Body | undefined;
}

/**
 * Sends a request for a URL and reads the answer to its end.
 * @throws the connection's error, or a timeout
 */
export function sendAndDrain(
  url: URL,
  timeoutMs: number,
  { body, headers, agent }: SendOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const method = body === undefined ? 'GET' : 'POST';
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const options = { method, agent, signal, headers: { ...type, ...headers } };
    request(url, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response));
      response.once('error', reject);
    })
      .once('error', reject)
      .end(body);
  });
}
