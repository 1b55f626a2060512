import { HTTPParser } from 'http-parser-js';
import { z } from 'zod';
import type { Target } from '../connections.ts';
import { HttpConnection } from '../http-connection.ts';
import type { RequestMessages } from '../request-messages.ts';
import type { Tally, TrackedRequest } from '../tally.ts';

/** What all connections of a closed loop share. */
export interface ClosedLoopTarget {
  readonly target: Target;
  readonly timeoutMs: number;
  readonly tally: Tally;
  readonly messages: RequestMessages;
  /** The class of the next request, on whichever connection. */
  readonly nextClass: () => number;
  /** No request is sent from this time on, in ms of `performance.now()`. */
  readonly endMs: number;
}

/** The fields of autocannon's client that are used or replaced here. */
interface AutocannonClient {
  pipelinedRequests: object;
  _connect: () => void;
  _doRequest: () => void;
  _destroyConnection: () => void;
  readonly parser: { readonly [HTTPParser.kOnMessageComplete]: () => void };
}

const method = z.function();
const clientShape = z.looseObject({
  pipelinedRequests: z.object({}),
  _connect: method,
  _doRequest: method,
  _destroyConnection: method,
  parser: z.looseObject({ [HTTPParser.kOnMessageComplete]: method }),
});
const clientSchema = z.custom<AutocannonClient>(
  (client) => clientShape.safeParse(client).success,
  'this version of autocannon has other internals; use autocannon 9.0.0',
);

const maxBackoffMs = 200;

/**
 * Fences one autocannon client. By itself, autocannon keeps its queue of requests over reconnects (so that responses are
 * matched to the wrong requests), sends on connections that are about to close, reconnects without pause, and drops
 * what is in flight at the end. Here each connection has one request at a time, and the tally gets the outcome of every
 * request; autocannon learns of each response and says when the next request is due.
 */
export class AutocannonConnection {
  readonly #loop: ClosedLoopTarget;
  readonly #client: AutocannonClient;
  #connection: HttpConnection<TrackedRequest> | null = null;
  #request: TrackedRequest | null = null;
  #failuresInARow = 0;

  /** @param startAfterMs when to send the first request */
  constructor(autocannonClient: unknown, loop: ClosedLoopTarget, startAfterMs: number) {
    this.#loop = loop;
    this.#client = clientSchema.parse(autocannonClient);
    const response = { headers: { statusCode: 200 }, body: '', bytes: 0, duration: 0 };
    this.#client.pipelinedRequests = { terminateRequest: () => response };
    this.#client._connect = () => void setTimeout(() => this.#sendNext(), startAfterMs);
    this.#client._doRequest = () => this.#sendNext();
    this.#client._destroyConnection = () => this.#connection?.destroy();
  }

  /** Connects without sending a request. */
  open(): void {
    this.#connection ??= this.#connect();
  }

  get busy(): boolean {
    return this.#request !== null;
  }

  /** Gives up the request in flight if it has not been answered in time. */
  checkTimeout(nowMs: number): void {
    const request = this.#request;
    if (!request || nowMs - request.sentMs < this.#loop.timeoutMs) return;
    this.#request = null;
    this.#connection?.destroy();
    this.#loop.tally.timedOut(request, nowMs);
    this.#sendNext();
  }

  #sendNext(): void {
    const sentMs = performance.now();
    if (this.#request || sentMs >= this.#loop.endMs) return;
    const classIndex = this.#loop.nextClass();
    const request = { classIndex, sentMs, intendedMs: null };
    this.#request = request;
    this.#loop.tally.started(request);
    if (!this.#connection?.usable) this.#connection = this.#connect();
    this.#connection.send(request, this.#loop.messages.next(classIndex));
  }

  #connect(): HttpConnection<TrackedRequest> {
    const { target, tally, timeoutMs } = this.#loop;
    tally.connectionsOpened += 1;
    return new HttpConnection(target, {
      answered: (_connection, request, status, bodyMatches) => {
        const nowMs = performance.now();
        this.#request = null;
        this.#failuresInARow = 0;
        if (nowMs - request.sentMs >= timeoutMs) tally.timedOut(request, nowMs);
        else tally.answered(request, nowMs, status, bodyMatches);
        this.#client.parser[HTTPParser.kOnMessageComplete]();
      },
      lost: (_connection, request, reason) => {
        if (!request) return;
        this.#request = null;
        tally.failed(request, performance.now(), reason);
        this.#failuresInARow += 1;
        const backoffMs = Math.min(maxBackoffMs, 10 * (2 ** (this.#failuresInARow - 1) - 1));
        setTimeout(() => this.#sendNext(), backoffMs);
      },
    });
  }
}
