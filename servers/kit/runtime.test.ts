import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { wait } from './runtime.ts';

test('no wait is shorter than requested, whatever fraction of a millisecond it starts at', async () => {
  const waited = async (ms: number) => {
    const startedMs = performance.now();
    await wait(ms);
    return performance.now() - startedMs - ms;
  };
  const all: Promise<number>[] = [];
  for (let index = 0; index < 3_000; index += 1) {
    all.push(waited(1 + (index % 7)));
    await tick();
  }
  expect(Math.min(...(await Promise.all(all)))).toBeGreaterThanOrEqual(0);
});
