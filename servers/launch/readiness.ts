import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, systemErrorInWords } from './diagnostics.ts';

const pollEveryMs = 10;
const attemptTimeoutMs = 1_000;
/** A server that answers 404 for so long runs, and does not have the path. */
export const missingPathMs = 3_000;

/**
 * The request that shows whether a server is ready: `/healthz` with status 200, by the wire contract; for a server with
 * its own ready path, that path with any status below 500; for one without any known path, any answer.
 */
export function readinessOf(url: string, readyPath: string | null | undefined) {
  if (readyPath === null) return { url: `${url}/`, isReady: () => true };
  return readyPath === undefined
    ? { url: `${url}/healthz`, isReady: (status: number) => status === 200 }
    : { url: `${url}${readyPath}`, isReady: (status: number) => status < 500 };
}

type Readiness = ReturnType<typeof readinessOf>;

/** The status of a complete answer, or why there is none. */
type Attempt = { readonly status: number } | { readonly failure: string };

const inWords = (attempt: Attempt): string =>
  'status' in attempt ? `status ${attempt.status}` : attempt.failure;

/**
 * Polls until the server is ready. Rejects only when aborted, with the signal's reason.
 * @param note gets the result of each attempt, as in `status 500`
 * @returns false if the server does not have the path
 */
export async function waitUntilReady(
  { url, isReady }: Readiness,
  signal: AbortSignal,
  note: (attempt: string) => void,
): Promise<boolean> {
  let foundMs = performance.now();
  for (;;) {
    const attempt = await tryToGet(url, signal);
    signal.throwIfAborted();
    note(inWords(attempt));
    const status = 'status' in attempt ? attempt.status : null;
    if (status !== null && isReady(status)) return true;
    if (status !== 404) foundMs = performance.now();
    else if (performance.now() - foundMs > missingPathMs) return false;
    await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function tryToGet(url: string, signal: AbortSignal): Promise<Attempt> {
  return new Promise((resolve) => {
    const options = { agent: false, timeout: attemptTimeoutMs, signal };
    const request = get(url, options, (response) => {
      response.resume();
      response.once('error', () => undefined); // `close` follows
      response.once('close', () => {
        const { complete, statusCode = 0 } = response;
        resolve(complete ? { status: statusCode } : { failure: 'the answer was cut off' });
      });
    });
    request.once('timeout', () => {
      resolve({ failure: `no answer within ${attemptTimeoutMs / 1000} s` });
      request.destroy();
    });
    request.once('error', (error) => resolve({ failure: requestErrorInWords(error) }));
  });
}

function requestErrorInWords(error: Error): string {
  return errorCode(error)?.startsWith('HPE_')
    ? `the answer is not HTTP (${error.message})`
    : systemErrorInWords(error);
}
