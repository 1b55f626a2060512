import { type IncomingMessage, type RequestOptions, request } from 'node:http';

/** The slowest permitted request, a wait of a minute, with time to spare. */
export const answerTimeoutMs = 90_000;

/**
 * Sends GET for a URL and reads the answer to its end.
 * @throws the connection's error, or a timeout
 */
export function getAndDrain(
  url: URL,
  timeoutMs: number,
  options: Pick<RequestOptions, 'agent' | 'headers'>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    request(url, { ...options, signal }, (response) => {
      response.resume();
      response.once('end', () => resolve(response));
      response.once('error', reject);
    })
      .once('error', reject)
      .end();
  });
}
