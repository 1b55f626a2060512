import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { computeBlocking, computeInLine, wait } from './runtime.ts';

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

test('an event loop has Node.js compute in the background where it can; a blocking worker does not', async () => {
  const task = {
    moduleUrl: import.meta.url,
    exportName: 'task',
    run: (n: number) => `${n}, blocking`,
    runInBackground: async (n: number) => `${n}, in the background`,
  };
  const { runInBackground: _, ...alwaysBlocking } = task;
  expect(await computeInLine(task, 1)).toBe('1, in the background');
  expect(await computeInLine(alwaysBlocking, 2)).toBe('2, blocking');
  expect(await computeBlocking(task, 3)).toBe('3, blocking');
});
