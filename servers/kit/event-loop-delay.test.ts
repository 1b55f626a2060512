import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { reportEventLoopDelay } from './event-loop-delay.ts';
import { monotonicMs } from './monotonic-ms.ts';

const variable = 'EVENT_LOOP_DELAY_FILE';
const folder = mkdtempSync(join(tmpdir(), 'loop-delay-'));

afterEach(() => {
  delete process.env[variable];
  rmSync(folder, { recursive: true, force: true });
});

test('a loop that stood still says so, and when', async () => {
  const file = join(folder, 'delays');
  process.env[variable] = file;
  reportEventLoopDelay();
  await delay(20);
  const stoodFromMs = monotonicMs();
  while (monotonicMs() < stoodFromMs + 200);
  const stoodUntilMs = monotonicMs();

  const told = () =>
    readFileSync(file, 'latin1')
      .split('\n')
      .map((line) => line.split(' ').map(Number))
      .find(([fromMs = 0, untilMs = 0]) => fromMs < stoodFromMs && untilMs >= stoodUntilMs);
  while (!told()) await delay(10);
  expect(told()?.[2]).toBeGreaterThan(100);
});

test('a loop that cannot tell goes on', () => {
  process.env[variable] = join(folder, 'not', 'there');
  expect(reportEventLoopDelay).not.toThrow();
});
