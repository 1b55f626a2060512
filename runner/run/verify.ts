import { isUtf8 } from 'node:buffer';
import type { Body } from '../../workloads/runtime.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { RunError } from '../errors.ts';
import { headersOf, methodOf, toBuffer } from '../load/request-messages.ts';
import { answerTimeoutMs } from '../load/send-and-drain.ts';
import { isExpectedStatus } from '../load/tally.ts';
import { masked } from '../secrets.ts';

/** A server answered something else than the workload demands. */
export class WrongAnswerError extends RunError {
  /** The same with what the server printed, which may say why, such as a database that refuses connections. */
  withOutput(output: string): WrongAnswerError {
    const text = output.trim();
    return text === ''
      ? this
      : new WrongAnswerError(`${this.message}; the server's last output:\n${text}`);
  }
}

/**
 * Sends one request of each class and compares the answer with the expected one, byte for byte where it is known, so that
 * unequal work is found before it is measured.
 *
 * @throws WrongAnswerError with the request, the expected answer and the actual one; RunError if there is no answer
 */
export async function verifyAnswers(
  serverUrl: string,
  classes: readonly RequestClass[],
  signal: AbortSignal,
): Promise<void> {
  for (const requestClass of classes) {
    const { path, expectedStatus, expectedBody, expectedText } = requestClass;
    const { response, body } = await send(requestClass, serverUrl, signal);
    const isExpected =
      isExpectedStatus(response.status, expectedStatus) &&
      (expectedBody === null || body.equals(toBuffer(expectedBody))) &&
      (expectedText === undefined || body.includes(expectedText));
    if (!isExpected) {
      throw new WrongAnswerError(
        `${methodOf(requestClass)} ${path} got status ${response.status} and ${excerpt(body)}; expected ${expectedOf(requestClass)}`,
      );
    }
  }
}

function expectedOf({ expectedStatus, expectedBody, expectedText }: RequestClass): string {
  const status = expectedStatus ?? (expectedBody === null ? '2xx' : 200);
  if (expectedBody !== null) return `${status} and ${excerpt(expectedBody)}`;
  return expectedText === undefined
    ? String(status)
    : `${status} and a body with ${excerpt(expectedText)}`;
}

async function send(requestClass: RequestClass, serverUrl: string, signal: AbortSignal) {
  const url = `${serverUrl}${requestClass.path}`;
  const method = methodOf(requestClass);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headersOf(requestClass), connection: 'close' },
      body: requestClass.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    signal.throwIfAborted();
    throw new RunError(`${method} ${url} got no answer: ${reasonOf(error)}`);
  }
}

/** The message that fetch hides in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function excerpt(body: Body): string {
  if (!isText(body)) return `${body.length} bytes`;
  const text = masked(body.toString()); // before it is cut
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}

const isText = (body: Body): boolean => typeof body === 'string' || isUtf8(body);
