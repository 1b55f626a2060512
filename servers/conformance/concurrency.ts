import assert from 'node:assert/strict';
import { type Check, expectAnswer } from './check.ts';
import { traced, traceOf } from './traces.ts';

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

/** What happens to requests that come together. */
export const concurrencyChecks: readonly Check[] = [
  {
    name: 'answers each of 64 different requests at once with its own answer',
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
    name: 'has any number of waits in flight if it keeps connections, else one request in each worker',
    async run({ server, url, workers }) {
      const target = server.keepAlive ? '/io?ms=1000' : '/io?ms=150';
      const count = server.keepAlive ? 24 : 3 * workers;
      const waited = { target, status: 200, body: `waited ${target.slice(7)} ms\n`, ...traced };
      const answers = await Promise.all(times(count, () => expectAnswer(url, waited)));
      const traces = answers.map(traceOf);
      const most = Math.max(...traces.map(({ inFlight }) => inFlight));
      if (server.keepAlive) {
        assert.ok(most >= 20, `at most ${most} of ${count} waits were in flight together`);
      } else {
        assert.equal(most, 1, `${most} requests were in one worker together`);
        assert.equal(new Set(traces.map(({ worker }) => worker)).size, workers);
      }
    },
  },
];
