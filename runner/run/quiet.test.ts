import { describe, expect, test } from '@jest/globals';
import { Patience } from './quiet.ts';

const { signal } = new AbortController();

/** Patience on a machine whose samples, a second each, show these numbers of busy cores; the last one again and again. */
function patienceWith(mostSeconds: number, cores: readonly number[], cpusOnline = 2) {
  let taken = 0;
  const sample = async () => {
    const busy = cores[Math.min(taken, cores.length - 1)] ?? 0;
    taken += 1;
    return { cores: busy, seconds: 1 };
  };
  return new Patience(mostSeconds, cpusOnline, sample);
}

describe('waiting for quiet', () => {
  test('takes no time on a quiet machine', async () => {
    const patience = patienceWith(60, [0.1]);
    expect(await patience.waitForQuiet(signal)).toBe(true);
    expect(patience.spentSeconds).toBe(0);
  });

  test('ends when other programs are done', async () => {
    const patience = patienceWith(60, [1, 1, 0.9, 0.05]);
    expect(await patience.waitForQuiet(signal)).toBe(true);
    expect(patience.spentSeconds).toBe(3);
  });

  test('is given up after 12 s, and what went on all the time is not waited for again', async () => {
    const patience = patienceWith(60, [1.2, 0.8, 1]);
    expect(await patience.waitForQuiet(signal)).toBe(false);
    expect(patience.spentSeconds).toBe(12);
    expect(await patienceWith(60, [1]).waitForQuiet(signal)).toBe(false);
    const again = patienceWith(60, [0.9, ...Array.from({ length: 12 }, () => 1), 0.9]);
    expect(await again.waitForQuiet(signal)).toBe(false);
    expect(await again.waitForQuiet(signal)).toBe(false);
    expect(again.spentSeconds).toBe(12);
    const uneven = patienceWith(60, [1, 0.7, 1.1, 0.9, 1]);
    await uneven.waitForQuiet(signal);
    expect(await uneven.waitForQuiet(signal)).toBe(false);
    expect(uneven.spentSeconds).toBe(12);
  });

  test('is given up when the time for it is used up', async () => {
    const patience = patienceWith(5, [1]);
    patience.spend(2);
    expect(await patience.waitForQuiet(signal)).toBe(false);
    expect(patience.leftSeconds).toBe(0);
    expect(await patience.waitForQuiet(signal)).toBe(false);
    expect(patience.spentSeconds).toBe(5);
  });

  test('tolerates 2 % of a large machine', async () => {
    expect(await patienceWith(0, [1.2], 64).waitForQuiet(signal)).toBe(true);
    expect(await patienceWith(0, [1.2], 32).waitForQuiet(signal)).toBe(false);
  });

  test('is ended by an interrupt', async () => {
    expect(await patienceWith(60, [1]).waitForQuiet(AbortSignal.abort())).toBe(false);
  });
});
