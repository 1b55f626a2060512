import { connect, type Socket } from 'node:net';
import type { RequestMessage } from '../request-message.ts';
import { ResponseError, ResponseParser } from './response-parser.ts';

/** What becomes of a connection's requests. After either, the connection can be sent on again if it is `usable`. */
export interface ConnectionEvents<Request> {
  answered(
    connection: HttpConnection<Request>,
    request: Request,
    status: number,
    bodyMatches: boolean,
  ): void;
  /** The connection has ended, without a complete answer to the request if it had one. */
  lost(connection: HttpConnection<Request>, request: Request | null, reason: string): void;
}

/** A server that said it would close a connection is given this long to do so. */
const retirementMs = 1000;
/** Read into by every connection in turn: what is read is used up before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** A connection that carries one request at a time. Its first request may be sent before it is connected. */
export class HttpConnection<Request> {
  readonly #events: ConnectionEvents<Request>;
  readonly #socket: Socket;
  readonly #parser = new ResponseParser();
  #reason = 'connection closed before the answer was complete';
  #request: Request | null = null;
  #closed = false;
  /** When its last answer was complete, in ms of `performance.now()`. */
  idleSinceMs = 0;

  constructor(address: string, port: number, events: ConnectionEvents<Request>) {
    this.#events = events;
    this.#socket = connect({
      host: address,
      port,
      noDelay: true,
      onread: { buffer: readBuffer, callback: (size) => this.#read(readBuffer.subarray(0, size)) },
    });
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
    this.#parser.expect(message.expectedBody);
    this.#socket.write(message.bytes);
  }

  /** Ends the connection without a word to anybody. */
  destroy(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): boolean {
    if (this.#closed) return true;
    try {
      if (this.#request === null) throw new ResponseError('an answer came that nobody asked for');
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

  /** Lets the server close the connection first, which leaves the waiting (TIME_WAIT) of its port to the server. */
  #retire(): void {
    this.#closed = true;
    this.#socket.setTimeout(retirementMs, () => this.#socket.destroy());
  }

  #end(): void {
    if (this.#closed || this.#request === null) return;
    if (this.#parser.end()) this.#complete(this.#request);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const request = this.#request;
    this.#request = null;
    this.#events.lost(this, request, this.#reason);
  }
}
