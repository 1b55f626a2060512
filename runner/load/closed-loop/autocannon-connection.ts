import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { BodyCheck } from '../body-check.ts';
import type { RequestMessage } from '../request-message.ts';
import type { Tally, TrackedRequest } from '../tally.ts';

/** What every connection of a closed loop shares. */
export interface ClosedLoop {
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly tally: Tally;
  readonly messages: readonly RequestMessage[];
  /** No requests are sent from here on, in ms of `performance.now()`. */
  readonly endMs: number;
}

interface ResponseHead {
  statusCode: number;
  shouldKeepAlive: boolean;
}

/** The inside of autocannon's client, as far as it is used here. */
interface AutocannonClient {
  pipelinedRequests: unknown;
  _connect(): void;
  _doRequest(): void;
  _destroyConnection(): void;
  readonly parser: {
    initialize(type: 'RESPONSE'): void;
    execute(chunk: Buffer): number | Error;
    finish(): Error | undefined;
  };
}

const method = z.function();
const autocannonClientSchema = z.looseObject({
  pipelinedRequests: z.object({}),
  _connect: method,
  _doRequest: method,
  _destroyConnection: method,
  parser: z.looseObject({ initialize: method, execute: method, finish: method }),
});

/** The longest that a failing connection waits before it tries again; the first time it doesn't wait. */
const longestBackoffMs = 200;
/** A server that said it would close a connection is given this long to do so. */
const retirementMs = 1000;

/**
 * One autocannon client inside a fence. autocannon keeps its request queue over reconnects (so that answers
 * are matched to the wrong requests), sends on connections that are about to be closed, reconnects without
 * pause, and drops what is in flight. Here each connection has one request at a time, whose every outcome
 * is told to the tally; autocannon parses the answers and says when the next request is due.
 */
export class AutocannonConnection {
  readonly #client: AutocannonClient;
  readonly #loop: ClosedLoop;
  readonly #order: readonly number[];
  #position = 0;
  #socket: Socket | null = null;
  #request: TrackedRequest | null = null;
  #head: ResponseHead = { statusCode: 0, shouldKeepAlive: true };
  readonly #body = new BodyCheck();
  #failuresInARow = 0;

  /** @param startAfterMs when to send the first request: connections that begin together stay in step */
  constructor(client: unknown, loop: ClosedLoop, order: readonly number[], startAfterMs: number) {
    this.#client = fenceable(client);
    this.#loop = loop;
    this.#order = order;
    this.#client.pipelinedRequests = this;
    this.#client._connect = () => void setTimeout(() => this.#sendNext(), startAfterMs);
    this.#client._doRequest = () => this.#sendNext();
    this.#client._destroyConnection = () => this.#socket?.destroy();
  }

  /** Connects, and sends nothing yet. */
  open(): void {
    this.#socket ??= this.#openSocket();
  }

  get busy(): boolean {
    return this.#request !== null;
  }

  /** Gives up the request in flight if it has not been answered in time. */
  expire(nowMs: number): void {
    if (!this.#request || nowMs - this.#request.sentMs < this.#loop.timeoutMs) return;
    const request = this.#request;
    this.#dropSocket()?.destroy();
    this.#loop.tally.timedOut(request, nowMs);
    this.#sendNext();
  }

  #sendNext(): void {
    const sentMs = performance.now();
    if (this.#request || sentMs >= this.#loop.endMs) return;
    if (!this.#head.shouldKeepAlive) this.#retireSocket();
    const classIndex = this.#order[this.#position] as number;
    const message = this.#loop.messages[classIndex] as RequestMessage;
    this.#position = this.#position + 1 === this.#order.length ? 0 : this.#position + 1;
    this.#body.begin(message.expectedBody);
    const request = { classIndex, sentMs, intendedMs: null };
    this.#request = request;
    this.#loop.tally.started(request);
    this.#socket ??= this.#openSocket();
    this.#socket.write(message.bytes);
  }

  // What autocannon calls on its queue of requests, which this connection takes the place of.

  setHeaders(head: ResponseHead): void {
    this.#head = head;
  }

  addBody(chunk: Buffer): void {
    this.#body.add(chunk);
  }

  /** Ends the request in flight: its answer is complete. autocannon asks for the next one after this. */
  terminateRequest(): object {
    const answer = { headers: this.#head, body: '', bytes: 0, duration: 0 };
    const request = this.#request;
    const isInterim = this.#head.statusCode < 200;
    if (!request || isInterim) return answer;
    const nowMs = performance.now();
    this.#request = null;
    this.#failuresInARow = 0;
    if (nowMs - request.sentMs >= this.#loop.timeoutMs) this.#loop.tally.timedOut(request, nowMs);
    else this.#loop.tally.answered(request, nowMs, this.#head.statusCode, this.#body.matches);
    return answer;
  }

  #openSocket(): Socket {
    const { address, port, tally } = this.#loop;
    const { parser } = this.#client;
    tally.connectionsOpened += 1;
    parser.initialize('RESPONSE');
    this.#head = { statusCode: 0, shouldKeepAlive: true };
    const socket = connect({ host: address, port, noDelay: true });
    let reason = 'connection closed before the answer was complete';
    socket.on('data', (chunk) => {
      if (socket !== this.#socket || !(parser.execute(chunk) instanceof Error)) return;
      reason = 'answer is not HTTP/1.1';
      socket.destroy();
    });
    socket.on('end', () => {
      if (socket === this.#socket) parser.finish(); // an answer without a length ends here
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.message;
    });
    socket.on('close', () => {
      if (socket === this.#socket) this.#lose(reason);
    });
    return socket;
  }

  #lose(reason: string): void {
    const request = this.#request;
    this.#dropSocket();
    if (!request) return;
    this.#loop.tally.failed(request, performance.now(), reason);
    this.#failuresInARow += 1;
    const backoffMs = Math.min(longestBackoffMs, 10 * (2 ** (this.#failuresInARow - 1) - 1));
    setTimeout(() => this.#sendNext(), backoffMs);
  }

  #dropSocket(): Socket | null {
    const socket = this.#socket;
    this.#socket = null;
    this.#request = null;
    return socket;
  }

  /** Lets the server close the connection first, which leaves the waiting (TIME_WAIT) of its port to the server. */
  #retireSocket(): void {
    const socket = this.#dropSocket();
    socket?.setTimeout(retirementMs, () => socket.destroy());
  }
}

function fenceable(client: unknown): AutocannonClient {
  if (!autocannonClientSchema.safeParse(client).success) {
    throw new Error('this version of autocannon is built differently inside; use autocannon 9.0.0');
  }
  return client as AutocannonClient;
}
