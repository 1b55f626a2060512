import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const pollEveryMs = 10;
const attemptTimeoutMs = 1_000;

/** What a server is asked to learn whether it is ready. */
export interface Readiness {
  readonly url: string;
  readonly isReady: (status: number) => boolean;
}

/** As the wire contract has it; a server with a ready path of its own may answer that with whatever is no failure. */
export function readinessOf(url: string, readyPath: string | undefined): Readiness {
  return readyPath === undefined
    ? { url: `${url}/healthz`, isReady: (status) => status === 200 }
    : { url: `${url}${readyPath}`, isReady: (status) => status < 500 };
}

/** Asks until the answer shows that the server is ready. Ends by being aborted, with the signal's reason, and not otherwise. */
export async function waitUntilReady(readiness: Readiness, signal: AbortSignal): Promise<void> {
  while (!(await answersReady(readiness, signal))) {
    await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function answersReady({ url, isReady }: Readiness, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent: false, timeout: attemptTimeoutMs, signal };
    const request = get(url, options, (response) => {
      response.resume();
      response.once('close', () =>
        resolve(response.complete && isReady(response.statusCode ?? 500)),
      );
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
