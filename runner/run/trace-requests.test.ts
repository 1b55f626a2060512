import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Session } from './session.ts';
import { parseTrace, tracedOrder, traceRequests } from './trace-requests.ts';

const traceHeaders = {
  'Server-Timing': 'queue;dur=0, wait;dur=0, compute;dur=0',
  'X-Worker': '1',
  'X-In-Flight': '1',
};

/** The number of traced requests of a server that does something else instead of every `every`th answer. */
async function tracedWhere(
  every: number,
  instead: 'no answer' | 'close',
  timeoutMs = 300,
): Promise<number | null> {
  let received = 0;
  const http = createServer((_request, response) => {
    received += 1;
    if (received % every > 0) response.writeHead(200, traceHeaders).end('ok');
    else if (instead === 'close') response.destroy();
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const session = {
    server: { name: 'own', keepAlive: true },
    running: { url: `http://127.0.0.1:${port}` },
    workload: {
      name: '/',
      classes: [{ name: '/', weight: 1, path: '/', expectedBody: null }],
    },
    plan: { seed: 1 },
  } as unknown as Session;
  const traced = await traceRequests(session, timeoutMs);
  http.close();
  http.closeAllConnections();
  return traced && traced.requests.length;
}

test('a server that traces every request gives forty traces', async () => {
  expect(await tracedWhere(Number.POSITIVE_INFINITY, 'no answer', 10_000)).toBe(40);
});

test.each(['no answer', 'close'] as const)(
  'a server that sometimes gives %s instead is neither waited for nor a failure',
  async (instead) => {
    expect(await tracedWhere(50, instead)).toBeNull();
  },
);

test('forty traced requests hold each class by its weight, evenly spread', () => {
  const light = { name: 'light', weight: 20 };
  const heavy = { name: 'heavy', weight: 1 };
  const order = tracedOrder([light, heavy]);
  expect(order).toHaveLength(40);
  const heavyAt = order.flatMap((one, index) => (one === heavy ? [index] : []));
  expect(heavyAt).toEqual([10, 31]);
  const rare = tracedOrder([light, { ...heavy, weight: 0.1 }]);
  expect(rare.filter(({ name }) => name === 'heavy')).toHaveLength(1);
});

const headers = {
  'server-timing': 'queue;dur=0.120, wait;dur=50.101, compute;dur=0.000',
  'x-worker': '4711',
  'x-in-flight': '3',
};

test('headers give the three times, the worker, and the requests in flight in its process', () => {
  expect(parseTrace(headers)).toEqual({
    queueMs: 0.12,
    waitMs: 50.101,
    computeMs: 0,
    worker: '4711',
    inFlight: 3,
  });
});

test.each(['', 'db;dur=53', 'queue;dur=1, wait;dur=2', 'queue;dur=x, wait;dur=2, compute;dur=3'])(
  'a header "%s" without one of the times is no trace',
  (header) => {
    expect(parseTrace({ ...headers, 'server-timing': header })).toBeNull();
  },
);

test.each([
  { 'x-in-flight': undefined },
  { 'x-worker': undefined },
  { 'x-in-flight': '0' },
  { 'server-timing': undefined },
])('headers without a valid value for each are no trace: %j', (change) => {
  expect(parseTrace({ ...headers, ...change })).toBeNull();
});
