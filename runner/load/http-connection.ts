import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Target } from './connections.ts';
import type { RequestMessage } from './request-messages.ts';
import { ResponseError, ResponseParser } from './response-parser.ts';

/** What happens to a connection's requests. After either event the connection can be used again if it is `usable`. */
export interface ConnectionEvents<Request> {
  answered(
    connection: HttpConnection<Request>,
    request: Request,
    status: number,
    bodyMatches: boolean,
  ): void;
  /** The connection has ended; without a complete response to the request, if there was one. */
  lost(connection: HttpConnection<Request>, request: Request | null, reason: string): void;
}

/** How long a server that announced to close a connection has time to do so. */
const retirementMs = 1000;
/** Shared by all connections: what is read is parsed before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** A connection that carries one request at a time. The first request may be sent before it is connected. */
export class HttpConnection<Request> {
  readonly #events: ConnectionEvents<Request>;
  readonly #socket: Socket;
  readonly #parser = new ResponseParser();
  #reason = 'connection closed before the response was complete';
  #request: Request | null = null;
  #closed = false;
  /** When the last response was complete, in ms of `performance.now()`. */
  idleSinceMs = 0;

  constructor({ address, port, tls }: Target, events: ConnectionEvents<Request>) {
    this.#events = events;
    const callback = (size: number) => this.#read(readBuffer.subarray(0, size));
    const options = { host: address, port, onread: { buffer: readBuffer, callback } };
    this.#socket = tls ? connectSecurely({ ...options, ...tls }) : connect(options);
    this.#socket.setNoDelay(true);
    this.#socket.on('end', () => this.#end());
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#reason = error.code ?? error.message;
    });
    this.#socket.on('close', () => this.#close());
  }

  get usable(): boolean {
    return this.#request === null && !this.#closed;
  }

  send(request: Request, message: RequestMessage): void {
    this.#request = request;
    this.#parser.expect(message);
    this.#socket.write(message.bytes);
  }

  /** Ends the connection without an event. */
  destroy(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): boolean {
    if (this.#closed) return true;
    try {
      if (this.#request === null) throw new ResponseError('a response came without a request');
      if (this.#parser.read(chunk)) this.#complete(this.#request);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      this.#reason = error.message;
      this.#socket.destroy();
    }
    return true;
  }

  #complete(request: Request): void {
    this.#request = null;
    this.idleSinceMs = performance.now();
    if (!this.#parser.keepAlive) this.#retire();
    this.#events.answered(this, request, this.#parser.status, this.#parser.bodyMatches);
  }

  /** Lets the server close the connection first, so that its port, not ours, stays in TIME_WAIT. */
  #retire(): void {
    this.#closed = true;
    this.#socket.setTimeout(retirementMs, () => this.#socket.destroy());
  }

  /** The server sends nothing more: without a request in flight, it would not answer another one either. */
  #end(): void {
    if (this.#closed) return;
    if (this.#request === null) {
      this.#socket.destroy();
      this.#close();
    } else if (this.#parser.end()) this.#complete(this.#request);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const request = this.#request;
    this.#request = null;
    this.#events.lost(this, request, this.#reason);
  }
}
