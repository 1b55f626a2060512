import { expect, test } from '@jest/globals';
import { readRunFlags } from '../config/read-run-flags.ts';
import { UsageError } from '../errors.ts';
import { type RequestOption, readRequestOptions } from './request-flags.ts';

const options = (...words: string[]): RequestOption[] =>
  Array.from({ length: words.length / 2 }, (_, index) => ({
    flag: `--${words[2 * index]}` as RequestOption['flag'],
    value: words[2 * index + 1] ?? '',
  }));

test('an option belongs to the request before it, and a header before the first to all', () => {
  const typed =
    'header=X-All: 1 | request=3 get /users | header=Accept: a: b | request=/ | request=POST /orders' +
    ' | body=@order.json | status=201 | contains=id | request=0.5 /x | body={}';
  const { headers, requests } = readRequestOptions(
    options(...typed.split(' | ').flatMap((word) => word.split(/=(.*)/, 2))),
  );
  expect(headers).toEqual({ 'X-All': '1' });
  expect(requests).toEqual([
    { path: '/users', weight: 3, method: 'GET', headers: { Accept: 'a: b' } },
    { path: '/' },
    { path: '/orders', method: 'POST', bodyFile: 'order.json', status: 201, contains: 'id' },
    { path: '/x', weight: 0.5, body: '{}' },
  ]);
});

test.each([
  [['body', '{}'], '--body must follow the --request'],
  [['request', 'POST'], '--request must be a path'],
  [['request', '3 POST /a b'], '--request must be a path'],
  [['request', 'HEAD /'], '--request must be one of GET, POST'],
  [['request', '0 /'], '--request must be a number above 0, not 0'],
  [['request', '//host/'], '--request must be a path that starts with one /'],
  [['header', 'none'], "--header must be 'Name: value'"],
  [['header', 'a: \r\nb: c'], '--header a must be'],
  [['header', 'Content-Length: 3'], '--header Content-Length is set by the load generator'],
  [['header', 'X: ${ABSENT_VARIABLE}'], '--header X refers to the environment variable ABSENT_VAR'],
  [['request', '/', 'status', 'ok'], '--status must be a status from 200 to 599, not "ok"'],
  [['request', '/', 'status', '0x1F4'], '--status must be a status from 200 to 599'],
  [['request', '/', 'body', 'x', 'body', '@f'], '--body was given twice'],
  [['request', '/\\host'], '--request must be a path that starts with one /'],
  [
    ['request', '2000 /', 'request', '/b'],
    '--request must be at least a thousandth of all weights',
  ],
  [['request', '/', 'contains', ''], '--contains must be text'],
  [['request', 'GET /', 'body', '{}'], '--body cannot be sent by GET'],
])('%j is refused in a sentence', async (words, message) => {
  const read = readRunFlags({ exec: ['a'], requestOptions: options(...words) });
  await expect(read).rejects.toThrow(UsageError);
  await expect(read).rejects.toThrow(message);
});
