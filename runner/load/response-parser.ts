import { HTTPParser } from 'http-parser-js';

/** A response that is not valid HTTP/1.1. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
}

/** The limit on a line within a chunked body; http-parser-js limits the head itself. */
const maxLineLength = 65_536;

/** The fields of the parser that its types leave out. */
class Parser extends HTTPParser {
  /** Bytes left of the body or of its present chunk; null without a length. */
  declare readonly body_bytes: number | null;
  /** The part of a line that has arrived so far. */
  declare readonly line: string;
  /** Where the parser is in the piece that it reads, and where the piece ends. */
  declare offset: number;
  declare readonly end: number;
}

/**
 * Reads one HTTP/1.1 response, but none to a HEAD, in as many pieces as arrive, and compares its body with the expected
 * one without keeping it. http-parser-js, which autocannon uses too, does the framing. Refused here is what it would let
 * pass: lengths that are not numbers, and anything after the end of the response.
 */
export class ResponseParser {
  status = 0;
  /** Whether the connection can carry another request after the response. */
  keepAlive = true;
  #complete = true;
  readonly #parser = new Parser('RESPONSE');
  readonly #body = new BodyCheck();

  constructor() {
    const parser = this.#parser;
    parser[HTTPParser.kOnHeadersComplete] = ({ statusCode, headers, shouldKeepAlive }) => {
      this.status = statusCode;
      this.keepAlive = shouldKeepAlive;
      for (let index = 0; index < headers.length; index += 2) {
        if (headers[index]?.toLowerCase() !== 'content-length') continue;
        if (!/^\d{1,15}$/.test(headers[index + 1] ?? '')) throw invalidLength();
      }
      const isInterim = statusCode < 200 && statusCode !== 101;
      return isInterim || statusCode === 204 || statusCode === 304 ? 1 : 0; // 1: no body follows
    };
    parser[HTTPParser.kOnBody] = (piece, _start, length) => {
      if (length < 0) throw invalidLength();
      this.#body.add(piece);
    };
    parser[HTTPParser.kOnMessageComplete] = () => {
      if (Number.isNaN(parser.body_bytes)) throw invalidLength();
      if (this.status < 200 && this.status !== 101) return; // an interim response: another follows
      this.#complete = true;
      if (parser.offset < parser.end) this.keepAlive = false; // bytes that nobody requested
      parser.offset = parser.end;
    };
  }

  expect(expected: ExpectedBody): void {
    this.#complete = false;
    this.#body.begin(expected);
  }

  get bodyMatches(): boolean {
    return this.#body.matches;
  }

  /**
   * Reads the next bytes; true when the response is complete.
   * @throws ResponseError
   */
  read(chunk: Buffer): boolean {
    const read = this.#parser.execute(chunk);
    if (read instanceof Error) throw new ResponseError('response is not HTTP/1.1');
    if (Number.isNaN(this.#parser.body_bytes)) throw invalidLength();
    if (this.#parser.line.length > maxLineLength)
      throw new ResponseError('a line of the response has no end');
    return this.#complete;
  }

  /** The server has ended the connection; true when that completes the response. */
  end(): boolean {
    this.#parser.finish();
    return this.#complete;
  }
}

function invalidLength(): ResponseError {
  return new ResponseError('a length in the response is not a number');
}

/** What is known of a body before it arrives. */
export interface ExpectedBody {
  /** All of it; null where that is not known. */
  readonly expectedBody: Buffer | null;
  /** A part of it. */
  readonly expectedText?: Buffer;
}

/** Compares a body, piece by piece, with what is expected. */
class BodyCheck {
  #expected: Buffer | null = null;
  #bytes = 0;
  #matchesSoFar = true;
  /** The text that has not been found yet, and the end of the last piece, where it may begin. */
  #sought: Buffer | null = null;
  #rest: Buffer = nothing;

  begin({ expectedBody, expectedText }: ExpectedBody): void {
    this.#expected = expectedBody;
    this.#bytes = 0;
    this.#matchesSoFar = true;
    this.#sought = expectedText ?? null;
    this.#rest = nothing;
  }

  add(piece: Buffer): void {
    if (this.#sought) this.#seek(this.#sought, piece);
    const from = this.#bytes;
    this.#bytes += piece.length;
    if (!this.#expected || !this.#matchesSoFar) return;
    this.#matchesSoFar =
      this.#bytes <= this.#expected.length &&
      piece.compare(this.#expected, from, this.#bytes) === 0;
  }

  #seek(sought: Buffer, piece: Buffer): void {
    const text = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    if (text.includes(sought)) this.#sought = null;
    // A copy: the buffer of the piece is read into again.
    else this.#rest = Buffer.from(text.subarray(Math.max(0, text.length - sought.length + 1)));
  }

  /** Whether the body, now complete, is as expected. */
  get matches(): boolean {
    if (this.#sought) return false;
    return !this.#expected || (this.#matchesSoFar && this.#bytes === this.#expected.length);
  }
}

const nothing = Buffer.alloc(0);
