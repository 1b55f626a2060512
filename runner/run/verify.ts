import { isUtf8 } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import { certificateProblem } from '../../servers/launch/certificate.ts';
import { systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import type { Body } from '../../workloads/runtime.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { RunError } from '../errors.ts';
import { methodOf, toBuffer } from '../load/request-messages.ts';
import { agentFor, answerTimeoutMs, type Recipient, sendRequest } from '../load/send-and-drain.ts';
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
  server: Recipient,
  classes: readonly RequestClass[],
  signal: AbortSignal,
): Promise<void> {
  for (const requestClass of classes) {
    const { path, expectedStatus, expectedBody, expectedText } = requestClass;
    const { status, body } = await send(requestClass, server, signal);
    const isExpected =
      isExpectedStatus(status, expectedStatus) &&
      (expectedBody === null || body.equals(toBuffer(expectedBody))) &&
      (expectedText === undefined || body.includes(expectedText));
    if (!isExpected) {
      throw new WrongAnswerError(
        `${methodOf(requestClass)} ${path} got status ${status} and ${excerpt(body)}; expected ${expectedOf(requestClass)}`,
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

/** As the load generators send it: a client that follows redirects or decompresses would check another answer. */
async function send(requestClass: RequestClass, server: Recipient, interrupt: AbortSignal) {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const agent = agentFor(server, { keepAlive: true });
  try {
    const signal = AbortSignal.any([interrupt, timeout]);
    const response = await sendRequest(server, requestClass, { agent, signal });
    return { status: response.statusCode ?? 0, body: await buffer(response) };
  } catch (error) {
    interrupt.throwIfAborted();
    const reason = timeout.aborted
      ? `none within ${answerTimeoutMs / 1000} s`
      : (certificateProblem(error) ?? systemErrorInWords(error));
    const request = `${methodOf(requestClass)} ${server.url}${requestClass.path}`;
    throw new RunError(`${request} got no answer: ${reason}`);
  } finally {
    agent.destroy();
  }
}

function excerpt(body: Body): string {
  if (!isText(body)) return `${body.length} bytes`;
  const text = masked(body.toString()); // before it is cut
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}

const isText = (body: Body): boolean => typeof body === 'string' || isUtf8(body);
