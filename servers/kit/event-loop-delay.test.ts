import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { reportEventLoopDelay } from './event-loop-delay.ts';
import { monotonicMs } from './runtime.ts';

const variable = 'EVENT_LOOP_DELAY_FILE';
const folder = mkdtempSync(join(tmpdir(), 'loop-delay-'));

afterEach(() => {
  delete process.env[variable];
  rmSync(folder, { recursive: true, force: true });
});

test('a blocked event loop is reported with its time', async () => {
  const file = join(folder, 'delays');
  process.env[variable] = file;
  reportEventLoopDelay();
  await delay(20);
  const blockedFromMs = monotonicMs();
  while (monotonicMs() < blockedFromMs + 200);
  const blockedUntilMs = monotonicMs();

  const reported = () =>
    readFileSync(file, 'latin1')
      .split('\n')
      .map((line) => line.split(' ').map(Number))
      .find(([fromMs = 0, untilMs = 0]) => fromMs < blockedFromMs && untilMs >= blockedUntilMs);
  while (!reported()) await delay(10);
  expect(reported()?.[2]).toBeGreaterThan(100);
});

test('a file that cannot be written does no harm', () => {
  process.env[variable] = join(folder, 'not', 'there');
  expect(reportEventLoopDelay).not.toThrow();
});
