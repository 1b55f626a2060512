import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Session } from '../run/session.ts';
import { traceRequests } from '../run/trace-requests.ts';
import { verifyAnswers } from '../run/verify.ts';

const seen: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
let http: Server;
let url = '';

beforeAll(async () => {
  http = createServer(({ url: path, headers }, response) => {
    seen.push({ url: path, headers });
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterAll(() => void http.close());

const request = { name: 'a', weight: 1, expectedBody: null, waitMs: 0 };

test('an answer is checked with the path and the headers that are measured', async () => {
  const headers = { Host: 'shop.test', 'Accept-Encoding': 'br' };
  const { signal } = new AbortController();
  await verifyAnswers({ url }, [{ ...request, path: '/a/../b?c', headers }], signal);
  expect(seen.at(-1)?.url).toBe('/a/../b?c');
  expect(seen.at(-1)?.headers).toEqual({
    host: 'shop.test',
    'accept-encoding': 'br',
    connection: 'keep-alive',
  });
});

test('a trace goes to the server itself, whatever its path looks like', async () => {
  const classes = [{ ...request, path: '/\\\\other.test/x' }];
  const server = { name: 'own', keepAlive: true };
  const session = { server, running: { url }, workload: { name: 'a', classes } };
  expect(await traceRequests(session as unknown as Session)).toBeNull();
  expect(seen.at(-1)?.url).toBe('/\\\\other.test/x');
});
