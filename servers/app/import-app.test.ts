import { expect, test } from '@jest/globals';
import { importApp } from './import-app.ts';

const moduleOf = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const request = {
  method: 'POST',
  target: '/x?y=1',
  headers: { host: 'here:1', 'content-type': 'text/plain', cookie: ['a=1', 'b=2'] },
  readBody: async () => new TextEncoder().encode('body'),
};

async function ask(source: string, target = request.target) {
  const app = await importApp(moduleOf(source));
  if (app.kind !== 'fetch') throw new Error('not a Fetch handler');
  const { body, ...answer } = await app.handler({ ...request, target });
  return { ...answer, body: Buffer.from(body).toString() };
}

test.each([
  ['export const handler = async () => ({ status: 200, body: "" });', 'handler'],
  ['export default { fetch: () => new Response("") };', 'fetch'],
  ['export default () => new Response("");', 'fetch'],
])('%s is a %s', async (source, kind) => {
  expect(await importApp(moduleOf(source))).toMatchObject({ kind });
});

test.each([
  ['export const other = 1;', 'it must export a function named `handler`'],
  ['export const handler = 1; export default 2;', 'it must export a function named `handler`'],
  [
    'export const handler = () => 1; export default () => 2;',
    'it exports both a `handler` and a Fetch handler',
  ],
  ['export default Object.assign(() => 1, { listen() {} });', 'measure it with --exec'],
  ['throw new Error("no settings");', 'no settings'],
])('%s is refused in a sentence', async (source, words) => {
  await expect(importApp(moduleOf(source))).rejects.toThrow(words);
});

test('a Fetch handler gets the request as it was sent, and its response is sent as it is', async () => {
  const answer = await ask(`
    export default {
      prefix: 'got',
      async fetch(request) {
        const { method, url, headers } = request;
        const parts = [this.prefix, method, url, headers.get('cookie'), await request.text()];
        const response = new Response(parts.join(' '), { status: 201, headers: { 'X-Own': '1' } });
        response.headers.append('Set-Cookie', 'a=1');
        response.headers.append('Set-Cookie', 'b=2');
        return response;
      },
    };`);
  expect(answer).toEqual({
    status: 201,
    body: 'got POST http://here:1/x?y=1 a=1; b=2 body',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'set-cookie': ['a=1', 'b=2'],
      'x-own': '1',
    },
  });
});

test('the server itself answers /healthz', async () => {
  expect(await ask('export default () => Response.error();', '/healthz')).toEqual({
    status: 200,
    body: 'ok\n',
  });
});

test.each([
  ['export default () => "text";', 'a Fetch handler must return a Response'],
  ['export default () => { throw new Error("at once"); };', 'at once'],
])('%s fails the request', async (source, words) => {
  await expect(ask(source)).rejects.toThrow(words);
});
