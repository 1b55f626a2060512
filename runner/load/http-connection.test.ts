import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { HttpConnection } from './http-connection.ts';
import { RequestMessages } from './request-messages.ts';

const idleMs = 5;
const server = createServer((request, response) => {
  response.end('ok\n');
  setTimeout(() => request.socket.end(), idleMs);
});
afterAll(() => void server.close());

test('a connection that the server closes while idle cannot be used for one more request', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const usable: boolean[] = [];
  const look = () => void usable.push(connection.usable);
  subscribe('net.client.socket', (message) => {
    // After the connection's own listener, and before the socket has closed.
    (message as { socket: Socket }).socket.once('end', () => process.nextTick(look));
  });
  const outcomes: unknown[] = [];
  const ended = Promise.withResolvers<void>();
  const connection: HttpConnection<string> = new HttpConnection(
    { address: '127.0.0.1', port, tls: null },
    {
      answered: (_connection, request) => {
        outcomes.push(request);
        look();
      },
      lost: (_connection, request) => {
        outcomes.push(request);
        ended.resolve();
      },
    },
  );
  connection.send('first', {
    bytes: Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    expectedBody: null,
  });
  await ended.promise;
  await sleep(10);
  expect(outcomes).toEqual(['first', null]);
  expect(usable).toEqual([true, false]);
});

test('a class with variants requests them in turn, each with its own expected body', () => {
  const messages = new RequestMessages({
    loop: 'closed',
    host: 'localhost',
    port: 1,
    connections: 1,
    warmupSeconds: 0,
    windowSeconds: 1,
    timeoutSeconds: 1,
    seed: 1,
    classes: [
      {
        name: 'read',
        weight: 1,
        path: '/1',
        expectedBody: 'one',
        variants: [{ path: '/2', expectedBody: 'two' }],
      },
      { name: 'other', weight: 1, path: '/x', expectedBody: null },
    ],
  });
  const next = (index: number) => {
    const { bytes, expectedBody } = messages.next(index);
    return [bytes.toString().split(' ')[1], expectedBody?.toString() ?? null];
  };
  expect([next(0), next(1), next(0), next(1), next(0)]).toEqual([
    ['/1', 'one'],
    ['/x', null],
    ['/2', 'two'],
    ['/x', null],
    ['/1', 'one'],
  ]);
});
