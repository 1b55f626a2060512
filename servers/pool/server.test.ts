import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { pool } from './server.ts';

const running: RunningServer[] = [];
const HANDLER = new URL('../../test/fixtures/task-handler.ts', import.meta.url).href;

async function start(workers: number, environment: Record<string, string> = {}): Promise<string> {
  const options = { host: '127.0.0.1', port: await choosePort(), workers, backlog: 128 };
  const server = await launch(pool, options, { environment: { HANDLER, ...environment } });
  running.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const ask = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: await response.text(), headers: response.headers };
};

test.each([
  ['/throwing/7', 'the handler failed: 7\n'],
  ['/exiting/3', 'the handler failed: the worker thread that computed it exited with code 3\n'],
  ['/8/exiting/3', 'the handler failed: the worker thread that computed it exited with code 3\n'],
])('%s is answered 500 with the reason, and the next request is served', async (path, body) => {
  const url = await start(1);
  expect(await ask(url + path)).toMatchObject({ status: 500, body });
  expect(await ask(`${url}/4/echo/1`)).toMatchObject({ status: 200, body: '1 1 1 1\n' });
});

test('the waiting computations of a client that leaves are dropped', async () => {
  const url = await start(1);
  const busy = ask(`${url}/spin/600`);
  const leaving = new AbortController();
  const left = fetch(`${url}/20/count/1`, { signal: leaving.signal });
  await delay(40);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await busy;
  expect((await ask(`${url}/count/1`)).body).toBe('1\n');
});

test('computations that a handler submits after its client has left are dropped', async () => {
  const url = await start(1);
  const leaving = new AbortController();
  const left = fetch(`${url}/wait/300/count/1`, { signal: leaving.signal });
  await delay(40);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await ask(`${url}/wait/400/echo/1`);
  expect((await ask(`${url}/count/1`)).body).toBe('1\n');
});

test('computations that a handler does not await are dropped, and do no harm', async () => {
  const url = await start(1);
  expect((await ask(`${url}/unheeded/40/spin/10`)).body).toBe('ok\n');
  expect((await ask(`${url}/echo/1`)).body).toBe('1\n');
});

test('a computation that fails long after its request is over does no harm', async () => {
  const url = await start(1);
  expect((await ask(`${url}/unheeded/spinAndThrow/300`)).body).toBe('ok\n');
  expect((await ask(`${url}/echo/1`)).body).toBe('1\n');
  expect((await ask(`${url}/echo/2`)).body).toBe('2\n');
});

test('with QUEUE_LIMIT, a request that finds the queue full is answered 503 with Retry-After', async () => {
  const url = await start(1, { QUEUE_LIMIT: '3' });
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(`${url}/spin/200`)));
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10 - refused.length);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  for (const { body, headers } of refused) {
    expect(body).toBe('the run queue is full: try again later\n');
    expect(headers.get('Retry-After')).toBe('1');
  }
  expect((await ask(`${url}/spin/1`)).status).toBe(200);
});

test('several netpollers serve one port, and share the connections evenly', async () => {
  const url = await start(2, { NETPOLLERS: '3' });
  const agents = Array.from({ length: 9 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const netpollers: string[] = [];
  for (const agent of agents) {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${url}/hello`, { agent, headers: { 'X-Trace': '1' } }, resolve).once('error', reject);
    });
    expect(await text(response)).toBe('ok\n');
    netpollers.push(String(response.headers['x-worker']));
  }
  for (const agent of agents) agent.destroy();
  const each = ['netpoller-1', 'netpoller-2', 'netpoller-3'];
  expect(netpollers.toSorted()).toEqual(each.flatMap((name) => [name, name, name]));
  expect((await ask(`${url}/30/echo/1`)).status).toBe(200);

  const slow = Array.from({ length: 20 }, () => ask(`${url}/wait/400/echo/7`));
  await delay(150);
  const [server] = running;
  await server?.stop();
  for (const { body } of await Promise.all(slow)) expect(body).toBe('7\n');
  expect(await server?.exited).toEqual({ code: 0, signal: null });
});

test.each([
  ['NETPOLLERS', '0'],
  ['QUEUE_LIMIT', 'many'],
])('%s=%s is refused with a message', async (name, value) => {
  await expect(start(1, { [name]: value })).rejects.toThrow(
    new RegExp(`${name} must be a whole number from 1 to \\d+, not "${value}"`),
  );
});
