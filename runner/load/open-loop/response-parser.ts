import { BodyCheck } from '../body-check.ts';

/** An answer that is not HTTP/1.1. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
}

type State =
  | 'head'
  | 'sized'
  | 'until close'
  | 'chunk size'
  | 'chunk'
  | 'chunk end'
  | 'trailers'
  | 'done';

const longestHead = 65_536;
const headEnd = '\r\n\r\n';

/**
 * Reads one HTTP/1.1 answer to a GET, in as many pieces as it comes, and compares its body with the one
 * expected without keeping it. How a body ends: RFC 9112, section 6.3.
 */
export class ResponseParser {
  status = 0;
  /** Whether the connection can carry another request when the answer is complete. */
  keepAlive = true;
  #state: State = 'done';
  /** The part of the head, or of a line within a chunked body, that has come so far. */
  #text = '';
  #bytesLeft = 0;
  readonly #body = new BodyCheck();

  /** @param expectedBody null where any body is right */
  expect(expectedBody: Buffer | null): void {
    this.#state = 'head';
    this.#text = '';
    this.#body.begin(expectedBody);
  }

  get bodyMatches(): boolean {
    return this.#body.matches;
  }

  /**
   * Reads the next bytes; true when the answer is complete.
   * @throws ResponseError
   */
  read(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length && this.#state !== 'done') at = this.#step(chunk, at);
    if (at < chunk.length) this.keepAlive = false; // bytes that nobody asked for
    return this.#state === 'done';
  }

  /** The connection has ended; true when that completes the answer. */
  end(): boolean {
    if (this.#state !== 'until close') return false;
    this.#state = 'done';
    return true;
  }

  /** Reads from `at` on in the present state, and returns where it got to. */
  #step(chunk: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(chunk, at);
      case 'sized':
        return this.#readBody(chunk, at, 'done');
      case 'chunk':
        return this.#readBody(chunk, at, 'chunk end');
      case 'until close':
        this.#body.add(chunk, at, chunk.length);
        return chunk.length;
      default:
        return this.#readLine(chunk, at);
    }
  }

  #readHead(chunk: Buffer, at: number): number {
    const before = this.#text.length;
    const text = this.#text + chunk.toString('latin1', at);
    if (!text.startsWith('HTTP/1.'.slice(0, text.length))) throw notHttp();
    const end = text.indexOf(headEnd, Math.max(0, before - headEnd.length));
    if (end < 0) {
      if (text.length > longestHead) throw new ResponseError('the head of the answer has no end');
      this.#text = text;
      return chunk.length;
    }
    this.#text = '';
    this.#interpretHead(text.slice(0, end + 2));
    return at + end + headEnd.length - before;
  }

  #interpretHead(head: string): void {
    const [, minorVersion, status] = /^HTTP\/1\.([01]) (\d{3})[ \r]/.exec(head) ?? [];
    if (status === undefined) throw notHttp();
    this.status = Number(status);
    const connection = header(head, connectionHeader);
    this.keepAlive =
      minorVersion === '1' ? !/\bclose\b/i.test(connection) : /\bkeep-alive\b/i.test(connection);
    if (this.status < 200 && this.status !== 101) this.#state = 'head';
    else this.#awaitBody(head);
  }

  #awaitBody(head: string): void {
    const encoding = header(head, encodingHeader);
    const length = header(head, lengthHeader);
    if (this.status < 200 || this.status === 204 || this.status === 304) this.#state = 'done';
    else if (/\bchunked[ \t]*$/i.test(encoding)) this.#state = 'chunk size';
    else if (encoding || !length) {
      this.#state = 'until close';
      this.keepAlive = false;
    } else this.#awaitBytes(/^\d+$/.test(length) ? Number(length) : Number.NaN, 'sized');
  }

  #awaitBytes(length: number, state: 'sized' | 'chunk'): void {
    if (!Number.isSafeInteger(length))
      throw new ResponseError('a length in the answer is no number');
    this.#bytesLeft = length;
    if (length > 0) this.#state = state;
    else this.#state = state === 'sized' ? 'done' : 'trailers';
  }

  #readBody(chunk: Buffer, at: number, then: State): number {
    const end = Math.min(chunk.length, at + this.#bytesLeft);
    this.#body.add(chunk, at, end);
    this.#bytesLeft -= end - at;
    if (this.#bytesLeft === 0) this.#state = then;
    return end;
  }

  #readLine(chunk: Buffer, at: number): number {
    const newline = chunk.indexOf(10, at);
    const end = newline < 0 ? chunk.length : newline;
    this.#text += chunk.toString('latin1', at, end);
    if (this.#text.length > longestHead) throw new ResponseError('a line in the answer has no end');
    if (newline < 0) return chunk.length;
    const line = this.#text.trimEnd();
    this.#text = '';
    this.#interpretLine(line);
    return end + 1;
  }

  #interpretLine(line: string): void {
    if (this.#state === 'chunk size') {
      const size = /^([0-9a-f]+)[ \t]*(?:;|$)/i.exec(line)?.[1];
      this.#awaitBytes(size === undefined ? Number.NaN : Number.parseInt(size, 16), 'chunk');
    } else if (this.#state === 'chunk end') {
      if (line !== '') throw new ResponseError('a chunk of the answer is longer than it says');
      this.#state = 'chunk size';
    } else if (line === '') this.#state = 'done';
  }
}

function notHttp(): ResponseError {
  return new ResponseError('answer is not HTTP/1.1');
}

const connectionHeader = /\r\nconnection:[ \t]*([^\r]*)/i;
const encodingHeader = /\r\ntransfer-encoding:[ \t]*([^\r]*)/i;
const lengthHeader = /\r\ncontent-length:[ \t]*([^\r]*?)[ \t]*\r/i;

function header(head: string, pattern: RegExp): string {
  return pattern.exec(head)?.[1] ?? '';
}
