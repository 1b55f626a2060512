import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { closedLoop } from './closed-loop/closed-loop.ts';
import type { ClosedLoad, Load, LoadGenerator, LoadProgress, OpenLoad } from './load.ts';
import { openLoop } from './open-loop/open-loop.ts';
import { processesFor, runTogether } from './together.ts';

const base = {
  host: '127.0.0.1',
  port: 1,
  classes: [{ name: 'hello', weight: 1, path: '/hello', expectedBody: null }],
  warmupSeconds: 0,
  windowSeconds: 0.1,
  timeoutSeconds: 1,
  seed: 1,
};
const closed: ClosedLoad = { ...base, loop: 'closed', connections: 64 };
const open: OpenLoad = {
  ...base,
  loop: 'open',
  ratePerSecond: 1000,
  arrivals: 'uniform',
  maxConnections: 100,
};
const here: LoadGenerator<Load> = (load, emit, agree) =>
  load.loop === 'closed' ? closedLoop(load, emit, agree) : openLoop(load, emit, agree);

test('a load gets as many processes as it needs, of those that there may be', () => {
  expect(processesFor(closed, 1)).toBe(1);
  expect(processesFor(closed, 2)).toBe(2);
  expect(processesFor(closed, 8)).toBe(4);
  expect(processesFor({ ...closed, connections: 1 }, 8)).toBe(1);
  expect(processesFor(open, 8)).toBe(1);
  expect(processesFor({ ...open, ratePerSecond: 8000 }, 8)).toBe(1);
  expect(processesFor({ ...open, ratePerSecond: 8001 }, 8)).toBe(2);
  expect(processesFor({ ...open, ratePerSecond: 1e6 }, 8)).toBe(8);
  expect(processesFor({ ...open, ratePerSecond: 30_000, share: { index: 1, of: 2 } }, 8)).toBe(2);
});

test('a failure before the start ends all: nobody waits for the one that failed', async () => {
  let agreed = 0;
  const agree = async () => {
    agreed += 1;
    return 0;
  };
  const failing: LoadGenerator<Load> = async () => {
    throw new Error('killed');
  };
  await expect(runTogether([here, failing, here], open, () => {}, agree)).rejects.toThrow('killed');
  expect(agreed).toBe(0);
});

test('progress is that of all generators, at the times of the first', async () => {
  const result = await here({ ...open, ratePerSecond: 10 }, () => {});
  const reporting =
    (completed: number): LoadGenerator<Load> =>
    async (_load, emit, agree) => {
      emit({ type: 'progress', completed: 100, elapsedSeconds: 1 });
      await agree?.();
      emit({ type: 'window-started' });
      emit({ type: 'progress', completed, elapsedSeconds: 2 });
      await nextTurn();
      emit({ type: 'progress', completed: 2 * completed, elapsedSeconds: 3 });
      emit({ type: 'window-ended' });
      return result;
    };
  const events: LoadProgress[] = [];
  const merged = await runTogether(
    [reporting(5), reporting(7)],
    open,
    (event) => void events.push(event),
    async () => 0,
  );
  expect(events).toEqual([
    { type: 'progress', completed: 100, elapsedSeconds: 1 },
    { type: 'window-started' },
    { type: 'progress', completed: 5, elapsedSeconds: 2 },
    { type: 'progress', completed: 17, elapsedSeconds: 3 },
    { type: 'window-ended' },
  ]);
  expect(merged.generatorProcesses).toBe(2);
});
