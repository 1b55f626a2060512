import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { measureIdle } from './idle.ts';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** What a Node.js process uses that runs a script; the script writes something when it has begun. */
async function idleOf(script: string) {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('begun')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    return await measureIdle(child.pid ?? null);
  } finally {
    child.kill('SIGKILL');
  }
}

onLinux('an idle process', () => {
  test('that waits uses no CPU time, and some memory', async () => {
    const idle = await idleOf('setInterval(() => {}, 10_000)');
    expect(idle?.coresBusy).toBeLessThan(0.05);
    expect(idle?.memoryBytes).toBeGreaterThan(2 ** 20);
  });

  test('that is busy without requests shows it', async () => {
    const spin = 'setInterval(() => { const end = Date.now() + 9; while (Date.now() < end); }, 1)';
    expect((await idleOf(spin))?.coresBusy).toBeGreaterThan(0.05);
  });
});

test('nothing is known of a server that runs elsewhere, or has ended', async () => {
  expect(await measureIdle(null)).toBeNull();
  expect(await measureIdle(2 ** 22 + 1)).toBeNull();
});
