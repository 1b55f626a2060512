import { request } from 'node:http';
import { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ResponseError, ResponseParser } from '../../runner/load/response-parser.ts';
import { holdsFor } from './property.ts';

/** What a reader makes of the bytes of one response. */
type Reading =
  | { readonly status: number; readonly body: string }
  /** It is not HTTP, or the connection ends before it is complete. */
  | null;

const token = fc.constantFrom('X-A', 'Date', 'Server', 'Connection', 'x-sum');
const value = fc.oneof(
  fc.constantFrom('close', 'keep-alive', 'chunked', '5', ''),
  fc.string({ maxLength: 12 }),
);
const header = fc.tuple(token, value).map(([name, text]) => `${name}: ${text}\r\n`);
const body = fc.string({ unit: 'binary-ascii', maxLength: 40 });

const sized = body.map((text) => ({ framing: `Content-Length: ${text.length}\r\n`, bytes: text }));
const chunked = fc
  .tuple(fc.array(fc.string({ minLength: 1, maxLength: 20 })), fc.boolean())
  .map(([chunks, hasTrailer]) => ({
    framing: 'Transfer-Encoding: chunked\r\n',
    bytes: `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n${hasTrailer ? 'X-Sum: 1\r\n' : ''}\r\n`,
  }));
const untilClose = body.map((bytes) => ({ framing: '', bytes }));

const wellFormed = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom(200, 201, 404, 500, 503, 204, 304),
    fc.array(
      header.filter((line) => /^[\w-]+: [\x20-\x7e]*\r\n$/.test(line)),
      { maxLength: 3 },
    ),
    fc.oneof(sized, chunked, untilClose),
  )
  .map(([hasInterim, status, headers, { framing, bytes }]) => {
    const interim = hasInterim ? 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' : '';
    const hasBody = status !== 204 && status !== 304;
    return `${interim}HTTP/1.1 ${status} Reason\r\n${headers.join('')}${framing}\r\n${hasBody ? bytes : ''}`;
  });

const edit = fc.record({
  at: fc.nat({ max: 200 }),
  remove: fc.nat({ max: 4 }),
  insert: fc.oneof(
    fc.constantFrom('', '\r\n', '\n', '\r', ' ', ':', '-1', '0x5', ', ', '\0', '\u00ff'),
    fc.constantFrom(
      'Content-Length: 7\r\n',
      'Transfer-Encoding: chunked\r\n',
      '\r\n\r\n',
      ' folded\r\n',
    ),
    fc.string({ maxLength: 5 }),
  ),
});
const malformed = fc
  .tuple(wellFormed, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((before, { at, remove, insert }) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + insert + before.slice(place + remove);
    }, text),
  );
const anything = fc.string({ unit: 'binary-ascii', maxLength: 300 });

/** Reads a response in pieces as the connections of both loops do; the body is compared, not kept. */
function read(text: string, pieceLength: number, expectedBody: string | null = null) {
  const parser = new ResponseParser();
  parser.expect({
    expectedBody: expectedBody === null ? null : Buffer.from(expectedBody, 'latin1'),
  });
  const bytes = Buffer.from(text, 'latin1');
  let isComplete = false;
  try {
    for (let at = 0; at < bytes.length && !isComplete; at += pieceLength) {
      isComplete = parser.read(bytes.subarray(at, at + pieceLength));
    }
    isComplete ||= parser.end();
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
  }
  return isComplete ? { status: parser.status, bodyMatches: parser.bodyMatches } : null;
}

/** Reads the same bytes with Node's own client. */
function readByNode(text: string): Promise<Reading> {
  return new Promise((resolve) => {
    const connection = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const client = request({ createConnection: () => connection });
    client.on('error', () => resolve(null));
    client.on('response', (response) => {
      response.setEncoding('latin1').on('error', () => undefined);
      let body = '';
      response.on('data', (piece: string) => (body += piece));
      response.once('close', () => {
        resolve(response.complete ? { status: response.statusCode ?? 0, body } : null);
        connection.destroy();
      });
    });
    client.end();
    connection.push(Buffer.from(text, 'latin1'));
    connection.push(null);
  });
}

const responses = fc.oneof(
  { arbitrary: wellFormed, weight: 3 },
  { arbitrary: malformed, weight: 6 },
  { arbitrary: anything, weight: 1 },
);

test('a response that Node.js reads, both loops read alike, in pieces of any length', async () => {
  let readable = 0;
  await holdsFor(
    500,
    fc.asyncProperty(responses, fc.integer({ min: 1, max: 40 }), async (text, pieceLength) => {
      const node = await readByNode(text);
      if (!node) return;
      readable += 1;
      for (const length of [1, pieceLength, text.length + 1]) {
        const { status, body } = node;
        expect(read(text, length, body)).toEqual({ status, bodyMatches: true });
      }
    }),
  );
  expect(readable).toBeGreaterThan(100);
});

test('bytes of any kind are a response or a reason, the same in pieces of any length', async () => {
  await holdsFor(
    500,
    fc.asyncProperty(responses, fc.integer({ min: 1, max: 40 }), async (text, pieceLength) => {
      const whole = read(text, text.length + 1);
      expect([read(text, 1), read(text, pieceLength)]).toEqual([whole, whole]);
    }),
  );
});

test('a well-formed response is read with its status and its body, and with no other body', async () => {
  await holdsFor(
    200,
    fc.asyncProperty(wellFormed, fc.integer({ min: 1, max: 40 }), async (text, pieceLength) => {
      const node = await readByNode(text);
      expect(node).not.toBeNull();
      const { status = 0, body = '' } = node ?? {};
      expect(read(text, pieceLength, body)).toEqual({ status, bodyMatches: true });
      expect(read(text, pieceLength, `${body}x`)).toEqual({ status, bodyMatches: false });
    }),
  );
});
