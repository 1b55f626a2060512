import { describe, expect, test } from '@jest/globals';
import { loadSeedOf, ratesOf, sharedRate } from './trial-load.ts';

const pilot = (server: string, capacityPerSecond: number, workload = 'cpu') => ({
  server,
  workload,
  capacityPerSecond,
  singleRequests: [],
  connectionMemory: null,
});
const pilots = [
  pilot('slow', 100),
  pilot('fast', 1000),
  pilot('broken', 0),
  pilot('slow', 5, 'io'),
];

describe('the shared rate', () => {
  test('follows from the slowest server that answered anything', () => {
    expect(sharedRate('cpu', pilots, null)).toBe(60);
  });

  test('is the one that the user chose', () => {
    expect(sharedRate('cpu', pilots, 250)).toBe(250);
  });

  test('is unknown if no server answered anything', () => {
    expect(sharedRate('cpu', [pilot('broken', 0)], 250)).toBeNull();
  });
});

describe('the rates of a trial', () => {
  test('are the shared one, and one in proportion to its throughput', () => {
    expect(ratesOf(['shared', 'proportional'], 60, 1000)).toEqual([
      { kind: 'shared', perSecond: 60 },
      { kind: 'proportional', perSecond: 700 },
    ]);
  });

  test('are only the planned ones', () => {
    expect(ratesOf(['shared'], 60, 1000)).toEqual([{ kind: 'shared', perSecond: 60 }]);
    expect(ratesOf([], 60, 1000)).toEqual([]);
  });

  test('are none for a server that answered nothing', () => {
    expect(ratesOf(['shared', 'proportional'], 60, 0)).toEqual([]);
  });
});

describe('the seed of the load', () => {
  const blocks = Array.from({ length: 30 }, (_, block) => block);

  test('differs between blocks, and between workloads', () => {
    const seeds = ['io', 'cpu'].flatMap((workload) =>
      blocks.map((block) => loadSeedOf(1, workload, block)),
    );
    expect(new Set(seeds).size).toBe(60);
  });

  test('is the same for the same run seed, and different for another', () => {
    const seeds = (runSeed: number) => blocks.map((block) => loadSeedOf(runSeed, 'io', block));
    expect(seeds(7)).toEqual(seeds(7));
    expect(seeds(7)).not.toEqual(seeds(8));
  });
});
