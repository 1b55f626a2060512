import { describe, expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { type GoldenName, golden } from '../../test/golden/documents.ts';
import { whyClauses } from './why-sentences.ts';

function clausesOf(name: GoldenName, workload: string): ReadonlyMap<string, string> {
  const document = golden(name);
  const ranking = rankWorkloads(document).find((one) => one.workload.name === workload);
  return ranking ? whyClauses(document, ranking) : new Map<string, string>();
}

describe('why a server does as well as it does', () => {
  test('is what its design does with computations, and what is busy', () => {
    const cpu = clausesOf('full', 'cpu');
    expect(cpu.get('event-loop')).toMatch(
      /^requests compute one after another in one thread, on one core at most; its one thread is busy \d+ % of the time$/,
    );
    expect(cpu.get('pool')).toMatch(
      /^its worker threads compute at the same time, .*; both cores are busy/,
    );
  });

  test('is what its design does with waits, and how many there can be', () => {
    const io = clausesOf('full', 'io');
    expect(io.get('prefork')).toBe(
      'a request holds its worker while it waits, and the worker serves no other; all 5 workers are occupied: a request waits 50 ms, so 100 requests/s at most',
    );
    expect(io.get('event-loop')).toMatch(/^its one thread has all waiting requests in flight/);
  });

  test('is where heavy requests compute, and what this does to light ones', () => {
    const mixed = clausesOf('full', 'mixed');
    expect(mixed.get('event-loop')).toBe(
      'a heavy request computes in the thread that answers the light ones too, so they queue until it ends; light requests: 3.1× (2.9–3.4) as long as alone',
    );
    expect(mixed.get('pool')).toMatch(
      /^heavy requests compute in worker threads; .* as long as alone$/,
    );
  });

  test('is not given where nothing was measured', () => {
    expect([...clausesOf('empty', 'cpu')]).toEqual([]);
  });
});
