import type { RequestClass } from '../../workloads/workload.ts';
import { RunError } from '../errors.ts';
import { answerTimeoutMs } from '../load/get-and-drain.ts';

/** A server answered something else than the workload demands. */
export class WrongAnswerError extends RunError {}

/**
 * Sends one request of each class and compares the answer byte for byte, so that
 * unequal work is found before it is measured.
 *
 * @throws WrongAnswerError with the request, the expected answer and the actual one; RunError if there is no answer
 */
export async function verifyAnswers(
  serverUrl: string,
  classes: readonly RequestClass[],
  signal: AbortSignal,
): Promise<void> {
  for (const { path, expectedBody } of classes) {
    const { response, body } = await get(`${serverUrl}${path}`, signal);
    if (!response.ok || (expectedBody !== null && body !== expectedBody)) {
      const expected = expectedBody === null ? '2xx' : `200 and ${excerpt(expectedBody)}`;
      throw new WrongAnswerError(
        `GET ${path} got status ${response.status} and ${excerpt(body)}; expected ${expected}`,
      );
    }
  }
}

async function get(url: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      headers: { connection: 'close' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    return { response, body: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    throw new RunError(`GET ${url} got no answer: ${reasonOf(error)}`);
  }
}

/** The message that fetch hides in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function excerpt(body: string): string {
  return JSON.stringify(body.length > 120 ? `${body.slice(0, 120)}…` : body);
}
