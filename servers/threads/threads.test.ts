import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { ask, sendRaw } from '../conformance/check.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { threads } from './server.ts';

let running: RunningServer | undefined;
let agents: Agent[] = [];
afterEach(async () => {
  for (const agent of agents) agent.destroy();
  agents = [];
  await running?.stop();
});

/** Starts the model with the application, or with a handler from its source text. */
async function start(workers: number, handler?: string): Promise<string> {
  const options = { host: '127.0.0.1', port: await choosePort(), workers, backlog: 4096 };
  const environment = handler && {
    HANDLER: `data:text/javascript,${encodeURIComponent(`
      import { threadId } from 'node:worker_threads';
      const answer = (body) => ({ status: 200, body: String(body) });
      export async function handler({ target }, runtime) {
        ${handler}
      }`)}`,
  };
  running = await launch(threads, options, environment ? { environment } : {});
  return running.url;
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** A connection that stays open. */
function connection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return agent;
}

/** The loop that serves a connection. */
async function loopOf(url: string, agent: Agent): Promise<string> {
  const { headers } = await ask(url, '/hello', { agent, headers: { 'X-Trace': '1' } });
  return String(headers['x-worker']);
}

async function loopsOf(url: string, some: readonly Agent[]): Promise<string[]> {
  const loops: string[] = [];
  for (const agent of some) loops.push(await loopOf(url, agent));
  return loops;
}

const countOf = (loops: readonly string[], loop: string) =>
  loops.filter((one) => one === loop).length;

test('connections are split evenly, and each stays with its loop', async () => {
  const url = await start(2);
  const ten = times(10, connection);
  const loops = await loopsOf(url, ten);
  expect([countOf(loops, 'loop-1'), countOf(loops, 'loop-2')]).toEqual([5, 5]);
  expect(await loopsOf(url, ten)).toEqual(loops);
});

test('new connections go to the loop whose clients have left', async () => {
  const url = await start(2);
  const eight = times(8, connection);
  const loops = await loopsOf(url, eight);
  for (const [index, agent] of eight.entries()) if (loops[index] === 'loop-2') agent.destroy();
  // Until the loop has seen its clients leave.
  await delay(200);
  expect(await loopsOf(url, times(4, connection))).toEqual(times(4, () => 'loop-2'));
});

test('a computation delays the requests of its own loop only', async () => {
  const url = await start(
    2,
    `
      if (target === '/slow') {
        const end = Date.now() + 1_500;
        await runtime.compute({ run: () => { while (Date.now() < end); } });
      }
      return answer(threadId);
    `,
  );
  const [first, second] = [connection(), connection()];
  const slowLoop = (await ask(url, '/', { agent: first })).body;
  const otherLoop = (await ask(url, '/', { agent: second })).body;
  expect(otherLoop).not.toBe(slowLoop);
  const ended: string[] = [];
  const slow = ask(url, '/slow', { agent: first }).then(() => ended.push('slow'));
  const quick = times(20, () => ask(url, '/', { agent: second }).then(() => ended.push('quick')));
  await Promise.all([slow, ...quick]);
  expect(ended.indexOf('slow')).toBe(20);
});

test('what a client sends before its connection is handed over is read', async () => {
  const url = await start(2);
  const request = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const closing = request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
  const answers = await Promise.all(times(40, () => sendRaw(url, request + closing)));
  for (const answer of answers) expect(answer.split('hello, world\n')).toHaveLength(3);
});

test('clients that leave at once are dropped, and count for no loop', async () => {
  const url = await start(2);
  const { hostname, port } = new URL(url);
  const leave = async () => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    socket.resetAndDestroy();
  };
  await Promise.all(times(41, leave));
  await delay(200);
  const loops = await loopsOf(url, times(10, connection));
  expect([countOf(loops, 'loop-1'), countOf(loops, 'loop-2')]).toEqual([5, 5]);
});

test('a loop that dies ends the server with a message', async () => {
  const url = await start(
    2,
    `setTimeout(() => { throw new Error('no such database'); }); return answer('');`,
  );
  await ask(url, '/');
  expect(await running?.exited).toEqual({ code: 70, signal: null });
  expect(running?.outputTail()).toMatch(/the thread of loop \d died: no such database/);
});

test('requests of all loops are answered after SIGTERM', async () => {
  const url = await start(3);
  const answering = times(9, () => ask(url, '/io?ms=400'));
  await delay(200);
  await running?.stop();
  const answers = await Promise.all(answering);
  expect(answers.map(({ body }) => body)).toEqual(times(9, () => 'waited 400 ms\n'));
  expect(await running?.exited).toEqual({ code: 0, signal: null });
});
