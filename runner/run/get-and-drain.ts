import { type IncomingMessage, type RequestOptions, request } from 'node:http';

/** Asks for a URL and reads the answer to its end. @throws what the connection fails of, and when `timeoutMs` have passed */
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
