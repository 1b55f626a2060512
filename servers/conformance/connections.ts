import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { groupIsAlive } from '../launch/process-group.ts';
import type { Server } from '../server.ts';
import { type Check, expectAnswer, sendRaw } from './check.ts';
import { traced, traceOf } from './traces.ts';

const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');

async function checkHead(url: string, target: string, status: number, body: string): Promise<void> {
  const head = get(target, 'Connection: close').replace('GET', 'HEAD');
  const answer = await sendRaw(url, head);
  assert.match(answer, new RegExp(`^HTTP/1\\.[01] ${status} `), `HEAD ${target}`);
  assert.match(answer, new RegExp(`\\r\\ncontent-length: ${Buffer.byteLength(body)}\\r\\n`, 'i'));
  assert.match(answer, /\r\ncontent-type: text\/plain; charset=utf-8\r\n/i);
  assert.match(answer, /^[^]*?\r\n\r\n$/, `HEAD ${target} is answered with a body: ${answer}`);
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

const unlessKeepAlive = ({ keepAlive }: Server) =>
  keepAlive ? 'it keeps its connections open' : undefined;
const unlessOneAtATime = ({ oneAtATime }: Server) =>
  oneAtATime ? undefined : 'its workers have any number of waits in flight';
const ifOneAtATime = ({ oneAtATime }: Server) =>
  oneAtATime ? 'its workers serve one request at a time' : undefined;

/** HEAD, keep-alive, concurrent requests, and the end of a server. */
export const connectionChecks: readonly Check[] = [
  {
    name: 'answers HEAD like GET, without the body',
    async run({ url }) {
      await checkHead(url, '/healthz', 200, 'ok\n');
      await checkHead(url, '/hello', 200, 'hello, world\n');
      await checkHead(url, '/io?ms=0', 200, 'waited 0 ms\n');
      await checkHead(url, '/cpu?n=x', 400, 'n must be a whole number from 0 to 40\n');
      await checkHead(url, '/nope', 404, 'not found\n');
    },
  },
  {
    name: 'keeps its connections open after an answer of any status, or closes them, as it declares',
    async run({ server, url }) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        const hello = { agent, target: '/hello', status: 200, body: 'hello, world\n' };
        const answers = [
          await expectAnswer(url, hello),
          await expectAnswer(url, { agent, target: '/nope', status: 404, body: 'not found\n' }),
          await expectAnswer(url, hello),
        ];
        const reused = answers.map((answer) => answer.reused);
        assert.deepEqual(reused, [false, server.keepAlive, server.keepAlive]);
      } finally {
        agent.destroy();
      }
    },
  },
  {
    name: 'announces that it closes a connection, closes it, and answers one request on it',
    skipReason: unlessKeepAlive,
    async run({ url }) {
      const answer = await sendRaw(url, get('/hello') + get('/hello'));
      assert.match(answer, /\r\nconnection: close\r\n/i);
      assert.equal(answer.split('HTTP/1.').length - 1, 1, `two answers: ${answer}`);
      assert.match(answer, /\r\n\r\nhello, world\n$/);
    },
  },
  {
    name: 'answers each of 64 different concurrent requests with its own answer',
    async run({ url }) {
      const fibonacci = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610];
      const expected = times(64, (index) => {
        const n = index % fibonacci.length;
        const even = { target: `/cpu?n=${n}`, body: `fib(${n}) = ${fibonacci[n]}\n` };
        const odd = { target: `/io?ms=${index}`, body: `waited ${index} ms\n` };
        return { status: 200, ...(index % 2 === 0 ? even : odd) };
      });
      await Promise.all(expected.map((each) => expectAnswer(url, each)));
    },
  },
  {
    name: 'has any number of waits in flight',
    skipReason: ifOneAtATime,
    async run({ url }) {
      const waited = { target: '/io?ms=1000', status: 200, body: 'waited 1000 ms\n', ...traced };
      const answers = await Promise.all(times(24, () => expectAnswer(url, waited)));
      const byWorker = Map.groupBy(answers.map(traceOf), ({ worker }) => worker);
      const most = [...byWorker.values()]
        .map((traces) => Math.max(...traces.map(({ inFlight }) => inFlight)))
        .reduce((sum, inFlight) => sum + inFlight, 0);
      assert.ok(most >= 20, `at most ${most} of 24 waits were in flight together`);
    },
  },
  {
    name: 'has one request in flight in each worker, and uses all workers',
    skipReason: unlessOneAtATime,
    async run({ server, url, workers }) {
      const waited = { target: '/io?ms=150', status: 200, body: 'waited 150 ms\n', ...traced };
      const answers = await Promise.all(times(3 * workers, () => expectAnswer(url, waited)));
      const traces = answers.map(traceOf);
      assert.equal(new Set(traces.map(({ worker }) => worker)).size, workers);
      // Requests in flight are counted by process.
      const workersEach = server.workerUnit === 'process' ? 1 : workers;
      const most = Math.max(...traces.map(({ inFlight }) => inFlight));
      assert.equal(most, workersEach, `${most} requests were in flight in ${workersEach} workers`);
    },
  },
  {
    name: 'on SIGTERM answers the requests in flight, exits with status 0, and leaves no process',
    async run({ start }) {
      const running = await start();
      const expected = { target: '/io?ms=700', status: 200, body: 'waited 700 ms\n' };
      const inFlight = expectAnswer(running.url, expected);
      // Answered only after the server has accepted the first request, with one worker or with several.
      await expectAnswer(running.url, { target: '/hello', status: 200, body: 'hello, world\n' });
      await Promise.all([inFlight, running.stop()]);
      assert.deepEqual(await running.exited, { code: 0, signal: null }, running.outputTail());
      assert.equal(groupIsAlive(running.pid), false, 'a process of its group is left');
    },
  },
];
