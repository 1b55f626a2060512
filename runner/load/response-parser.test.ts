import { describe, expect, test } from '@jest/globals';
import { ResponseParser } from './response-parser.ts';

const chunked = (rest: string) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${rest}`;
const sized = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

function read(text: string, pieceLength = text.length, expected: string | null = 'hello') {
  const parser = new ResponseParser();
  parser.expect({ expectedBody: expected === null ? null : Buffer.from(expected) });
  const completions: number[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    const complete = parser.read(Buffer.from(text.slice(at, at + pieceLength), 'latin1'));
    if (complete) completions.push(Math.min(text.length, at + pieceLength));
  }
  return {
    parser,
    completeAt: completions[0] ?? null,
    status: parser.status,
    keepAlive: parser.keepAlive,
    bodyMatches: parser.bodyMatches,
  };
}

describe.each([
  ['a length', sized],
  ['chunks', chunked('2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n')],
  ['chunks with extensions and trailers', chunked('5;a=b\r\nhello\r\n0;c\r\nX-Sum: 1\r\n\r\n')],
  ['an interim response before it', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${sized}`],
  [
    'an interim response before it that has a length, which is void',
    `HTTP/1.1 103 Early Hints\r\nContent-Length: 7\r\n\r\n${sized}`,
  ],
  ['no reason phrase', 'HTTP/1.1 200 \r\ncontent-length:5\r\n\r\nhello'],
])('a response with %s', (_name, text) => {
  test.each([1, 2, 3, 7, text.length])('is read in pieces of %i bytes', (pieceLength) => {
    const { completeAt, status, keepAlive, bodyMatches } = read(text, pieceLength);
    expect({ completeAt, status, keepAlive, bodyMatches }).toEqual({
      completeAt: text.length,
      status: 200,
      keepAlive: true,
      bodyMatches: true,
    });
  });
});

describe('a body', () => {
  test.each(['hellO', 'hell', 'hello!', '', 'xhello'])(
    'that is %j does not match the expected one',
    (body) => {
      const text = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      expect(read(text).bodyMatches).toBe(false);
      expect(read(text, 1).bodyMatches).toBe(false);
      expect(read(text, text.length, null).bodyMatches).toBe(true);
    },
  );

  test.each([204, 304])('does not follow status %i', (status) => {
    const text = `HTTP/1.1 ${status} X\r\nContent-Length: 5\r\n\r\n`;
    expect(read(text).completeAt).toBe(text.length);
  });

  test('without a length ends with the connection, which cannot be used again', () => {
    const { parser, completeAt } = read('HTTP/1.1 200 OK\r\n\r\nhello');
    expect(completeAt).toBeNull();
    expect(parser.end()).toBe(true);
    expect([parser.bodyMatches, parser.keepAlive]).toEqual([true, false]);
  });

  test('that the end of the connection cuts short is not complete', () => {
    expect(read(sized.slice(0, -1)).parser.end()).toBe(false);
    expect(read(chunked('5\r\nhello\r\n')).parser.end()).toBe(false);
    expect(read('HTTP/1.1 200 OK\r\n').parser.end()).toBe(false);
  });
});

describe('the connection', () => {
  const keptAlive = (version: string, connection: string) =>
    read(`HTTP/${version} 200 OK\r\nContent-Length: 5\r\n${connection}\r\nhello`).keepAlive;

  test('is kept alive by HTTP/1.1 unless the response closes it', () => {
    expect(keptAlive('1.1', '')).toBe(true);
    expect(keptAlive('1.1', 'Connection: close\r\n')).toBe(false);
    expect(keptAlive('1.1', 'connection: Foo, CLOSE\r\n')).toBe(false);
  });

  test('is closed by HTTP/1.0 unless the response keeps it alive', () => {
    expect(keptAlive('1.0', '')).toBe(false);
    expect(keptAlive('1.0', 'Connection: Keep-Alive\r\n')).toBe(true);
  });

  test.each(['H', 'HTTP/1.1 200 OK\r\n', 'nonsense\r\n', sized.replaceAll('hello', 'HELLO')])(
    'is not used again when the response is followed by %j',
    (rest) => {
      const { completeAt, status, keepAlive, bodyMatches } = read(sized + rest);
      expect(completeAt).not.toBeNull();
      expect({ status, keepAlive, bodyMatches }).toEqual({
        status: 200,
        keepAlive: false,
        bodyMatches: true,
      });
    },
  );
});

test.each([
  'SSH-2.0-OpenSSH\r\n',
  'HTTP/2 200 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  chunked('xyz\r\nhello\r\n'),
  chunked('xyz\r\n\r\n'),
  chunked('-5\r\nhello\r\n'),
  chunked('5'.repeat(70_000)),
  chunked('3\r\nhello\r\n0\r\n\r\n'),
  `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`,
])('the malformed response %# is refused', (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ name: 'ResponseError' }));
});
