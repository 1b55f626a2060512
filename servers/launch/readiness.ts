import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { certificateProblem } from './certificate.ts';
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
type Attempt = { readonly url: string } & (
  | { readonly status: number }
  | { readonly failure: string; readonly error?: Error }
);

const inWords = (attempt: Attempt): string =>
  'status' in attempt ? `status ${attempt.status}` : attempt.failure;

interface Polling {
  readonly signal: AbortSignal;
  /** Whether any certificate is accepted. */
  readonly insecure: boolean;
  /** Gets the result of each attempt, as in `status 500`. */
  readonly note: (attempt: string) => void;
}

/** The URL at which a server is ready; or else why it never will be. */
interface Found {
  readonly url: string;
  readonly isPathMissing?: true;
  /** What is wrong with its certificate. */
  readonly certificate?: string;
}

/** Polls until the server is ready. Rejects only when aborted, with the signal's reason. */
export async function waitUntilReady(
  { url: plainUrl, isReady }: Readiness,
  { signal, insecure, note }: Polling,
): Promise<Found> {
  let foundMs = performance.now();
  for (;;) {
    const attempt = await tryBoth(plainUrl, { signal, rejectUnauthorized: !insecure });
    signal.throwIfAborted();
    note(inWords(attempt));
    const { url } = attempt;
    const certificate = 'error' in attempt ? certificateProblem(attempt.error) : null;
    if (certificate !== null) return { url, certificate };
    const status = 'status' in attempt ? attempt.status : null;
    if (status !== null && isReady(status)) return { url };
    if (status !== 404) foundMs = performance.now();
    else if (performance.now() - foundMs > missingPathMs) return { url, isPathMissing: true };
    await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

type Asking = { readonly signal: AbortSignal; readonly rejectUnauthorized: boolean };

/**
 * Also by HTTPS, if the server seems to expect that: it answers plain HTTP with status 400, or closes the connection. Its
 * certificate is for `localhost` rather than for an address.
 */
async function tryBoth(plainUrl: string, options: Asking): Promise<Attempt> {
  const plain = await tryToGet(plainUrl, options);
  const code = 'error' in plain ? (errorCode(plain.error) ?? '') : '';
  const seemsSecure =
    'status' in plain ? plain.status === 400 : /^(?:ECONNRESET|EPIPE|HPE_.*)$/.test(code);
  if (!seemsSecure) return plain;
  const secureUrl = plainUrl.replace(/^http:\/\/(?:127\.0\.0\.1|\[::1\])/, 'https://localhost');
  const secure = await tryToGet(secureUrl.replace(/^http:/, 'https:'), options);
  const isSecure =
    'status' in secure || ('error' in secure && certificateProblem(secure.error) !== null);
  return isSecure ? secure : plain;
}

function tryToGet(url: string, asking: Asking): Promise<Attempt> {
  return new Promise((resolve) => {
    const options = { agent: false, timeout: attemptTimeoutMs, ...asking };
    const { get } = url.startsWith('https:') ? https : http;
    const request = get(url, options, (response) => {
      response.resume();
      response.once('error', () => undefined); // `close` follows
      response.once('close', () => {
        const { complete, statusCode = 0 } = response;
        resolve({
          url,
          ...(complete ? { status: statusCode } : { failure: 'the answer was cut off' }),
        });
      });
    });
    request.once('timeout', () => {
      resolve({ url, failure: `no answer within ${attemptTimeoutMs / 1000} s` });
      request.destroy();
    });
    request.once('error', (error) => resolve({ url, failure: requestErrorInWords(error), error }));
  });
}

function requestErrorInWords(error: Error): string {
  return errorCode(error)?.startsWith('HPE_')
    ? `the answer is not HTTP (${error.message})`
    : systemErrorInWords(error);
}
