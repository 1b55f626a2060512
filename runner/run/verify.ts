import type { RequestClass } from '../../workloads/workload.ts';
import { RunError } from '../errors.ts';

/** The slowest permitted request (a wait of a minute) with time to spare. */
export const answerTimeoutMs = 90_000;

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
    const { response, body } = await ask(`${serverUrl}${path}`, signal);
    if (!response.ok || (expectedBody !== null && body !== expectedBody)) {
      const expected = expectedBody === null ? '2xx' : `200 and ${excerpt(expectedBody)}`;
      throw new RunError(
        `GET ${path} was answered with status ${response.status} and ${excerpt(body)}; expected ${expected}`,
      );
    }
  }
}

async function ask(url: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      headers: { connection: 'close' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    return { response, body: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    throw new RunError(`GET ${url} was not answered: ${reasonOf(error)}`);
  }
}

/** What fetch hides in its error's cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function excerpt(body: string): string {
  return JSON.stringify(body.length > 120 ? `${body.slice(0, 120)}…` : body);
}
