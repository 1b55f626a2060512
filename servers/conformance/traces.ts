import assert from 'node:assert/strict';
import { type Answer, type Check, expectAnswer } from './check.ts';

const number = '([0-9]+(?:\\.[0-9]+)?)';
const timing = new RegExp(`^queue;dur=${number}, wait;dur=${number}, compute;dur=${number}$`);

/** The trace in an answer's headers. */
export function traceOf({ headers }: Answer) {
  const serverTiming = String(headers['server-timing']);
  const [, queueMs, waitMs, computeMs] = timing.exec(serverTiming) ?? [];
  assert.ok(queueMs && waitMs && computeMs, `Server-Timing: ${serverTiming}`);
  const worker = String(headers['x-worker']);
  assert.match(worker, /^[!-~]+$/);
  assert.match(String(headers['x-in-flight']), /^[1-9][0-9]*$/);
  return {
    queueMs: Number(queueMs),
    waitMs: Number(waitMs),
    computeMs: Number(computeMs),
    worker,
    inFlight: Number(headers['x-in-flight']),
  };
}

export const traced = { headers: { 'X-Trace': '1' } };

export const traceChecks: readonly Check[] = [
  {
    name: 'sends no trace unless requested',
    async run({ url }) {
      for (const headers of [{}, { 'X-Trace': '0' }, { 'X-Trace': 'true' }, { 'X-Trace': '' }]) {
        const expected = { target: '/io?ms=0', headers, status: 200, body: 'waited 0 ms\n' };
        const answer = await expectAnswer(url, expected);
        for (const name of ['server-timing', 'x-worker', 'x-in-flight']) {
          assert.equal(answer.headers[name], undefined, `${name} with ${JSON.stringify(headers)}`);
        }
      }
    },
  },
  {
    name: 'sends a trace on request with an answer of any status',
    async run({ url }) {
      const expected = [
        { target: '/hello', status: 200, body: 'hello, world\n' },
        { target: '/io?ms=x', status: 400, body: 'ms must be a whole number from 0 to 60000\n' },
        { target: '/nope', status: 404, body: 'not found\n' },
        { target: '/hello', method: 'POST', status: 405, body: 'method not allowed\n' },
      ];
      for (const each of expected) {
        const { waitMs, computeMs } = traceOf(await expectAnswer(url, { ...each, ...traced }));
        assert.deepEqual({ waitMs, computeMs }, { waitMs: 0, computeMs: 0 });
      }
    },
  },
  {
    name: 'separates waiting from computing in a trace, and never waits less than requested',
    async run({ url }) {
      for (const ms of [1, 2, 5, 20, 50]) {
        const waited = {
          target: `/io?ms=${ms}`,
          status: 200,
          body: `waited ${ms} ms\n`,
          ...traced,
        };
        const { waitMs, computeMs } = traceOf(await expectAnswer(url, waited));
        assert.ok(waitMs >= ms, `waited ${waitMs} ms, not ${ms}`);
        assert.equal(computeMs, 0);
      }
      const computed = { target: '/cpu?n=22', status: 200, body: 'fib(22) = 17711\n', ...traced };
      const { waitMs, computeMs } = traceOf(await expectAnswer(url, computed));
      assert.equal(waitMs, 0);
      assert.ok(computeMs > 0, 'computing took no time');
    },
  },
];
