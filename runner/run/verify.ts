import { isUtf8 } from 'node:buffer';
import type { Body } from '../../workloads/runtime.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { RunError } from '../errors.ts';
import { toBuffer } from '../load/http-connection.ts';
import { answerTimeoutMs } from '../load/send-and-drain.ts';

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
  for (const { path, body: sent, expectedBody } of classes) {
    const method = sent === undefined ? 'GET' : 'POST';
    const { response, body } = await send(method, `${serverUrl}${path}`, sent, signal);
    const isExpected = expectedBody === null || body.equals(toBuffer(expectedBody));
    if (!response.ok || !isExpected) {
      const expected = expectedBody === null ? '2xx' : `200 and ${excerpt(expectedBody)}`;
      throw new WrongAnswerError(
        `${method} ${path} got status ${response.status} and ${excerpt(body)}; expected ${expected}`,
      );
    }
  }
}

async function send(method: string, url: string, body: Body | undefined, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      method,
      headers: { connection: 'close', ...(body && { 'content-type': 'application/json' }) },
      body: body ?? null,
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
  const text = body.toString();
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}

const isText = (body: Body): boolean => typeof body === 'string' || isUtf8(body);
