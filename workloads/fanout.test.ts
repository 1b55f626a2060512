import { expect, test } from '@jest/globals';
import { fanout } from './fanout.ts';
import type { Runtime } from './runtime.ts';

test('all parts are in flight together, and their results are added up', async () => {
  let inFlight = 0;
  let mostInFlight = 0;
  const unused = () => Promise.reject(new Error('only computations are needed'));
  const runtime: Runtime = {
    wait: unused,
    query: unused,
    transaction: unused,
    async compute(task, argument) {
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      return task.run(argument);
    },
  };
  const values = { parts: 5, n: 10 };
  expect(await fanout.handle?.(values, runtime, new Uint8Array())).toBe('fanout(5, 10) = 275\n');
  expect(mostInFlight).toBe(5);
  expect(fanout.requests(values)).toMatchObject([
    { path: '/fanout?parts=5&n=10', expectedBody: 'fanout(5, 10) = 275\n' },
  ]);
});
