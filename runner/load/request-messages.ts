import type { Body } from '../../workloads/runtime.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import type { Load } from './load.ts';
import type { ExpectedBody } from './response-parser.ts';

/** One request as bytes, and what is known of the body of its answer. */
export interface RequestMessage extends ExpectedBody {
  readonly bytes: Buffer;
}

/** The requests of each class; where a class has variants, all of them, one after the other, again and again. */
export class RequestMessages {
  readonly #messages: readonly (readonly RequestMessage[])[];
  readonly #sent: number[];

  constructor({ classes, ...server }: Load) {
    const host = hostHeader(server);
    this.#messages = classes.map(({ variants = [], ...first }) =>
      [first, ...variants].map((variant) => ({
        bytes: requestBytes({ ...first, ...variant }, host),
        expectedBody: variant.expectedBody === null ? null : toBuffer(variant.expectedBody),
        ...(first.expectedText !== undefined && { expectedText: toBuffer(first.expectedText) }),
      })),
    );
    this.#sent = classes.map(() => 0);
  }

  next(classIndex: number): RequestMessage {
    const messages = this.#messages[classIndex] as readonly RequestMessage[];
    const sent = this.#sent[classIndex] as number;
    this.#sent[classIndex] = (sent + 1) % messages.length;
    return messages[sent] as RequestMessage;
  }
}

/** What a request consists of. */
type SentRequest = {
  readonly [Key in 'method' | 'path' | 'headers' | 'body']?: RequestClass[Key] | undefined;
};

export const methodOf = ({ method, body }: SentRequest): string =>
  method ?? (body === undefined ? 'GET' : 'POST');

/** The headers that are about the request itself: its own, and the type of its body unless it gives one. */
export function headersOf({ headers = {}, body }: SentRequest): Record<string, string> {
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return body === undefined || hasType
    ? { ...headers }
    : { 'Content-Type': 'application/json', ...headers };
}

/** Without the usual port, as other clients send it. */
const hostHeader = ({ host, port, tls }: Pick<Load, 'host' | 'port' | 'tls'>): string =>
  new URL(`${tls ? 'https' : 'http'}://${host}:${port}`).host;

function requestBytes(request: SentRequest, host: string): Buffer {
  const own = Object.entries(headersOf(request));
  const hasHost = own.some(([name]) => name.toLowerCase() === 'host');
  const method = methodOf(request);
  const body = request.body === undefined ? null : toBuffer(request.body);
  const needsLength = body !== null || ['POST', 'PUT', 'PATCH'].includes(method);
  const headers = [
    ...(hasHost ? [] : [['Host', host]]),
    ['Connection', 'keep-alive'],
    ...own,
    ...(needsLength ? [['Content-Length', body?.length ?? 0]] : []),
  ];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${request.path} HTTP/1.1\r\n${lines}\r\n`);
  return body ? Buffer.concat([head, body]) : head;
}

export const toBuffer = (body: Body): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
