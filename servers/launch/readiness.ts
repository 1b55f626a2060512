import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const pollEveryMs = 10;
const attemptTimeoutMs = 1_000;

/** Asks `GET /healthz` until it answers 200. Ends by being aborted, with the signal's reason, and not otherwise. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  while (!(await answersOk(`${url}/healthz`, signal))) {
    await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent: false, timeout: attemptTimeoutMs, signal };
    const request = get(url, options, (response) => {
      response.resume();
      response.once('close', () => resolve(response.complete && response.statusCode === 200));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
