import type { RequestClass } from '../workloads/workload.ts';
import { RunError } from './errors.ts';

/** The slowest permitted request (a wait of a minute) with time to spare. */
const answerTimeoutMs = 90_000;

/**
 * The golden check: asks a server each kind of request once and compares the answer byte for byte, so that
 * unequal work is caught before it is measured.
 *
 * @throws RunError that says what was asked, what was expected and what came
 */
export async function verifyAnswers(
  serverUrl: string,
  classes: readonly RequestClass[],
  signal: AbortSignal,
): Promise<void> {
  for (const { path, expectedBody } of classes) {
    const response = await fetch(new URL(path, serverUrl), {
      headers: { connection: 'close' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    const body = await response.text();
    if (!response.ok || (expectedBody !== null && body !== expectedBody)) {
      const expected = expectedBody === null ? '2xx' : `200 and ${excerpt(expectedBody)}`;
      throw new RunError(
        `GET ${path} was answered with status ${response.status} and ${excerpt(body)}; expected ${expected}`,
      );
    }
  }
}

function excerpt(body: string): string {
  return JSON.stringify(body.length > 120 ? `${body.slice(0, 120)}…` : body);
}
