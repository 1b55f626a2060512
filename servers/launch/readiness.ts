import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const pollEveryMs = 10;
const attemptTimeoutMs = 1_000;

/**
 * The request that shows whether a server is ready: `/healthz` with status 200, by the wire contract; for a server with
 * its own ready path, that path with any status below 500.
 */
export function readinessOf(url: string, readyPath: string | undefined) {
  return readyPath === undefined
    ? { url: `${url}/healthz`, isReady: (status: number) => status === 200 }
    : { url: `${url}${readyPath}`, isReady: (status: number) => status < 500 };
}

type Readiness = ReturnType<typeof readinessOf>;

/** Polls until the server is ready. Rejects only when aborted, with the signal's reason. */
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
