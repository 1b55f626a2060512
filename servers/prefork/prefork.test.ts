import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { ask, sendRaw } from '../conformance/check.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { prefork } from './server.ts';

let running: RunningServer | undefined;
afterEach(async () => await running?.stop());

/** Starts prefork with the application, or with a handler from its source text. */
async function start(workers: number, handler?: string): Promise<string> {
  const options = { host: '127.0.0.1', port: await choosePort(), workers, backlog: 4096 };
  const environment = handler && {
    HANDLER: `data:text/javascript,${encodeURIComponent(`
      const answer = (body) => ({ status: 200, body: String(body) });
      export async function handler({ method, target, readBody }, runtime) {
        ${handler}
      }`)}`,
  };
  running = await launch(prefork, options, environment ? { environment } : {});
  return running.url;
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** Sends a request, and leaves before it is answered. */
async function askAndLeave(url: string, target: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(get(target), resolve));
  socket.destroy();
}

test('a worker never has two requests at once, whatever its clients do', async () => {
  const url = await start(
    2,
    `
      globalThis.inside = (globalThis.inside ?? 0) + 1;
      globalThis.most = Math.max(globalThis.most ?? 0, globalThis.inside);
      globalThis.served = (globalThis.served ?? 0) + 1;
      await runtime.wait(globalThis.served % 4);
      await runtime.compute({ run: () => 0 });
      globalThis.inside -= 1;
      return answer(globalThis.most + ' ' + process.pid + ' ' + globalThis.served);
    `,
  );
  const bodies: string[] = [];
  const client = async (index: number) => {
    for (let request = 0; request < 10; request += 1) {
      if (index % 8 === 0) await askAndLeave(url, '/left');
      else if (index % 8 === 1) await sendRaw(url, get('/pipelined').repeat(3));
      else bodies.push((await ask(url, '/answered')).body);
    }
  };
  await Promise.all(times(64, client));
  const seen = bodies.map((body) => body.split(' '));
  expect(new Set(seen.map(([most]) => most))).toEqual(new Set(['1']));
  expect(new Set(seen.map(([, pid]) => pid)).size).toBe(2);
  const served = new Map(seen.map(([, pid, count]) => [pid, Number(count)]));
  expect(Math.min(...served.values())).toBeGreaterThan(100);
});

test('a client that left while queued costs no turn', async () => {
  const url = await start(
    1,
    `
      globalThis.served = (globalThis.served ?? 0) + 1;
      if (target === '/slow') await runtime.wait(1_000);
      return answer(globalThis.served);
    `,
  );
  const slow = ask(url, '/slow');
  await delay(100);
  await Promise.all(times(5, () => askAndLeave(url, '/left')));
  expect((await slow).body).toBe('1');
  expect((await ask(url, '/answered')).body).toBe('2');
});

test('a client that left during its turn does not end the turn early', async () => {
  const url = await start(
    1,
    `
      globalThis.inside = (globalThis.inside ?? 0) + 1;
      const others = globalThis.inside - 1;
      if (target === '/slow') await runtime.wait(500);
      globalThis.inside -= 1;
      return answer(others);
    `,
  );
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(get('/slow'));
  await delay(200);
  socket.destroy();
  expect((await ask(url, '/answered')).body).toBe('0');
});

test('a busy worker does not hold requests that an idle worker could serve', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prefork-test-'));
  const enough = join(folder, 'enough');
  const url = await start(
    2,
    `
      const { existsSync } = await import('node:fs');
      while (target === '/slow' && !existsSync(${JSON.stringify(enough)})) await runtime.wait(20);
      return answer('');
    `,
  );
  const slow = ask(url, '/slow');
  // One that the busy worker held would never be answered.
  const quick = await Promise.all(times(30, () => ask(url, '/quick')));
  writeFileSync(enough, '');
  expect([await slow, ...quick].map(({ status }) => status)).toEqual(times(31, () => 200));
  rmSync(folder, { recursive: true });
});

test('a request that comes in pieces is answered, and delays no other request', async () => {
  const url = await start(1);
  const { hostname, port } = new URL(url);
  const slow = connect(Number(port), hostname).setEncoding('utf8');
  slow.write('GET /hello HTTP/1.1\r\nHo');
  expect((await ask(url, '/io?ms=1')).body).toBe('waited 1 ms\n');
  slow.write('st: localhost\r\n\r\n');
  expect((await slow.toArray()).join('')).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*\nhello, world\n$/);
});

test('a request is alone in its worker while its body comes, in whatever pieces', async () => {
  const url = await start(
    1,
    `
      globalThis.inside = (globalThis.inside ?? 0) + 1;
      const others = globalThis.inside - 1;
      const length = method === 'POST' ? (await readBody(1_000_000)).length : 0;
      globalThis.inside -= 1;
      return answer(others + ' others, ' + length + ' bytes');
    `,
  );
  const { hostname, port } = new URL(url);
  const slow = connect(Number(port), hostname).setEncoding('utf8');
  slow.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n');
  await delay(50);
  const others = times(4, () => ask(url, '/'));
  for (let piece = 0; piece < 3; piece += 1) {
    slow.write('x'.repeat(100_000));
    await delay(50);
  }
  expect((await slow.toArray()).join('')).toMatch(/\n0 others, 300000 bytes$/);
  for (const { body } of await Promise.all(others)) expect(body).toBe('0 others, 0 bytes');
});

test('a client that sends nothing does not hold a worker for ever', async () => {
  const url = await start(1);
  const { hostname, port } = new URL(url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  expect((await ask(url, '/hello')).body).toBe('hello, world\n');
  silent.destroy();
});

test('a worker that dies fails only its own request, and is replaced', async () => {
  const url = await start(
    2,
    `
      if (target === '/die') process.exit(1);
      await runtime.wait(20);
      return answer(process.pid);
    `,
  );
  const before = await Promise.all(times(4, () => ask(url, '/')));
  const all = await Promise.allSettled([
    ...times(20, () => ask(url, '/')),
    ask(url, '/die'),
    ...times(20, () => ask(url, '/')),
  ]);
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(all[20]?.status).toBe('rejected');
  const pids = () => Promise.all(times(8, async () => (await ask(url, '/')).body));
  const known = new Set(before.map(({ body }) => body));
  const isNew = (pid: string) => !known.has(pid);
  for (let trial = 0; trial < 50 && !(await pids()).some(isNew); trial += 1) await delay(20);
  const after = new Set(await pids());
  expect(after.size).toBe(2);
  expect([...after].filter(isNew)).toHaveLength(1);
});

test('workers that are all killed at once are replaced, though their queue is lost', async () => {
  const url = await start(2, 'await runtime.wait(20); return answer(process.pid);');
  const pids = async () => {
    const answers = await Promise.allSettled(times(8, () => ask(url, '/')));
    return new Set(answers.map((one) => (one.status === 'fulfilled' ? Number(one.value.body) : 0)));
  };
  const before = await pids();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  const isNew = (pid: number) => pid > 0 && !before.has(pid);
  let after = await pids();
  while (after.size < 2 || ![...after].every(isNew)) {
    await delay(20);
    after = await pids();
  }
  expect(before.size).toBe(2);
  expect(after.size).toBe(2);
});

test('workers that die again and again end the server with a message', async () => {
  const starting = start(2, `} throw new Error('no such database'); {`);
  await expect(starting).rejects.toThrow(
    /exited with status 70 before it was ready[^]*Error: no such database[^]*the workers die again and again, the last one with status 70/,
  );
});

test('queued requests are answered after SIGTERM', async () => {
  const url = await start(1);
  const answering = times(6, () => ask(url, '/io?ms=100'));
  await Promise.race(answering);
  await running?.stop();
  const answers = await Promise.all(answering);
  expect(answers.map(({ body }) => body)).toEqual(times(6, () => 'waited 100 ms\n'));
  expect(await running?.exited).toEqual({ code: 0, signal: null });
});
