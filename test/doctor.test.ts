import { expect, test } from '@jest/globals';
import { servers } from '../servers/index.ts';
import { bench } from './bench.ts';

test('bench doctor judges the machine and every server within 80 columns', async () => {
  const { code, stdout, stderr } = await bench(['doctor']);
  expect(stdout).toMatch(/^Machine\n[^✓!✗]*Node\.js 2/);
  for (const subject of ['CPUs', 'priority', 'open files', 'clock', 'timers', 'CPU speed']) {
    expect(stdout).toMatch(new RegExp(`^[✓!✗] ${subject} `, 'm'));
  }
  for (const { name } of servers) expect(stdout).toMatch(new RegExp(`^[✓!] ${name} `, 'm'));
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  // A busy machine may be judged unfit.
  expect(code === 1 ? stderr : stdout).toMatch(
    code === 1
      ? /^bench: numbers from this machine would mislead: fix /
      : /^This machine gives (reliable|usable) numbers/m,
  );
}, 60_000);
