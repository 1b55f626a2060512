import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readOpenFilesLimit } from '../runner/probes/proc.ts';
import { ask, sendRaw } from '../servers/conformance/check.ts';
import { traced, traceOf } from '../servers/conformance/traces.ts';
import { eventLoop } from '../servers/event-loop/server.ts';
import { launch } from '../servers/launch/launch.ts';
import { choosePort } from '../servers/launch/ports.ts';
import { pool } from '../servers/pool/server.ts';
import { prefork } from '../servers/prefork/server.ts';
import type { RunningServer } from '../servers/server.ts';
import { threads } from '../servers/threads/server.ts';

const head = (...lines: string[]) => [...lines, '', ''].join('\r\n');
const hidden = head('GET /cpu?n=7 HTTP/1.1', 'Host: a', 'Connection: close');

/** Messages that two programs may split differently, each with a second request that must not be answered. */
const smuggled: readonly (readonly [string, string])[] = [
  [
    'Content-Length and Transfer-Encoding',
    head(
      'GET /hello HTTP/1.1',
      'Host: a',
      `Content-Length: ${5 + hidden.length}`,
      'Transfer-Encoding: chunked',
    ) + `0\r\n\r\n${hidden}`,
  ],
  [
    'two lengths',
    head(
      'GET /hello HTTP/1.1',
      'Host: a',
      'Content-Length: 0',
      `Content-Length: ${hidden.length}`,
    ) + hidden,
  ],
  ['a length with a sign', head('GET /hello HTTP/1.1', 'Host: a', 'Content-Length: +0') + hidden],
  [
    'a coding that is not chunked',
    head('POST /hello HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked') + hidden,
  ],
  [
    'a space before the colon',
    head('GET /hello HTTP/1.1', 'Host: a', 'Content-Length : 0') + hidden,
  ],
  [
    'a folded header',
    head('GET /hello HTTP/1.1', 'Host: a', 'X-A: b', ' Content-Length: 0') + hidden,
  ],
  ['bare line feeds', `GET /hello HTTP/1.1\nHost: a\n\n${hidden}`],
  ['a null byte', head('GET /hello HTTP/1.1', 'Host: a', 'X-A: \0') + hidden],
];

/** Leaves files for everything else that this process and the server have open. */
const possible = Math.min(10_000, (readOpenFilesLimit() ?? 10_000) - 200);
const models = [
  { server: eventLoop, idleConnections: possible },
  { server: pool, idleConnections: possible },
  { server: threads, idleConnections: possible },
  // A worker waits up to 20 ms for each silent client.
  { server: prefork, idleConnections: 100 },
];

describe.each(models)('$server.name', ({ server, idleConnections }) => {
  let running: RunningServer;
  beforeAll(async () => {
    const options = { host: '127.0.0.1', port: await choosePort(), workers: 2, backlog: 4096 };
    running = await launch(server, options);
  });
  afterAll(async () => running.stop());

  const open = async (text: string): Promise<Socket> => {
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname)
      .on('error', () => undefined)
      .resume();
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(text);
    return socket;
  };
  const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
  const hello = async () => (await ask(running.url, '/hello')).body;
  const greeting = 'hello, world\n';

  test.each(smuggled)(
    'refuses a message with %s, and reads no second request in it',
    async (_name, text) => {
      expect(await sendRaw(running.url, text)).toMatch(
        /^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*\r\n$/,
      );
    },
  );

  test('refuses a head of more than 16 KiB, and reads a long URL below that', async () => {
    const long = 'a'.repeat(20_000);
    const refused = /^HTTP\/1\.1 431 .+\r\n(?:.+\r\n)*\r\n$/;
    expect(await sendRaw(running.url, head(`GET /${long} HTTP/1.1`, 'Host: a'))).toMatch(refused);
    expect(await sendRaw(running.url, head('GET / HTTP/1.1', 'Host: a', `X: ${long}`))).toMatch(
      refused,
    );
    expect((await ask(running.url, `/${long.slice(0, 8_000)}`)).status).toBe(404);
  });

  test('answers others while clients send a head or a body slowly, and when they leave', async () => {
    const slow = [
      'G',
      'GET /hello HTTP/1.1\r\nHos',
      head('POST /hello HTTP/1.1', 'Host: a', 'Content-Length: 10') + 'abc',
    ];
    const sockets = await Promise.all([...slow, ...slow].map(open));
    expect(await hello()).toBe(greeting);
    for (const socket of sockets) socket.destroy();
    expect(await hello()).toBe(greeting);
  });

  test('answers others beside idle connections', async () => {
    const sockets: Socket[] = [];
    while (sockets.length < idleConnections) {
      const some = Math.min(500, idleConnections - sockets.length);
      sockets.push(...(await Promise.all(Array.from({ length: some }, () => open('')))));
    }
    expect(await hello()).toBe(greeting);
    for (const socket of sockets) socket.destroy();
    expect(await hello()).toBe(greeting);
  });

  test('closes the connection of a client that has half closed it', async () => {
    const socket = await open(head('GET /io?ms=100 HTTP/1.1', 'Host: a'));
    socket.end();
    await closed(socket);
    expect(await hello()).toBe(greeting);
  });

  test('has nothing in flight after clients have reset their connections', async () => {
    const request = head('GET /cpu?n=20 HTTP/1.1', 'Host: a');
    for (let round = 0; round < 5; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 20 }, () => open(request)));
      for (const socket of sockets) socket.resetAndDestroy();
    }
    for (let request = 0; request < 10; request += 1) expect(await hello()).toBe(greeting);
    /** Of several requests one after the other, enough to reach every worker. */
    const mostInFlight = async () => {
      const seen: number[] = [];
      while (seen.length < 6) {
        seen.push(traceOf(await ask(running.url, '/hello', traced)).inFlight);
      }
      return Math.max(...seen);
    };
    // What was begun for a client that left is finished first.
    for (let tries = 0; tries < 100 && (await mostInFlight()) > 1; tries += 1) await delay(20);
    expect(await mostInFlight()).toBe(1);
  });

  test('ends in order while connections are open', async () => {
    const sockets = await Promise.all(
      ['', 'GET /hel', head('GET /hello HTTP/1.1', 'Host: a')].map(open),
    );
    const all = Promise.all(sockets.map(closed));
    expect(await hello()).toBe(greeting);
    await running.stop();
    await all;
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });
});
