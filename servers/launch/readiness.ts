import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const pollEveryMs = 10;
const attemptTimeoutMs = 1_000;
/** A server that answers 404 for so long runs, and does not have the path. */
export const missingPathMs = 3_000;

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

/**
 * Polls until the server is ready. Rejects only when aborted, with the signal's reason.
 * @returns false if the server does not have the path
 */
export async function waitUntilReady(
  { url, isReady }: Readiness,
  signal: AbortSignal,
): Promise<boolean> {
  let foundMs = performance.now();
  for (;;) {
    const status = await statusOf(url, signal);
    if (status !== null && isReady(status)) return true;
    if (status !== 404) foundMs = performance.now();
    else if (performance.now() - foundMs > missingPathMs) return false;
    await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** The status of a complete answer; null if there is none. */
function statusOf(url: string, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const options = { agent: false, timeout: attemptTimeoutMs, signal };
    const request = get(url, options, (response) => {
      response.resume();
      response.once('close', () =>
        resolve(response.complete ? (response.statusCode ?? null) : null),
      );
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(null));
  });
}
