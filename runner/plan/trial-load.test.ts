import { describe, expect, test } from '@jest/globals';
import { loadSeedOf, rateOf, sharedRate } from './trial-load.ts';

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
    expect(sharedRate('cpu', pilots, new Map())).toBe(60);
  });

  test('is the one that the user chose', () => {
    expect(sharedRate('cpu', pilots, new Map([['cpu', 250]]))).toBe(250);
    expect(sharedRate('cpu', pilots, new Map([['io', 250]]))).toBe(60);
  });

  test('is unknown if no server answered anything', () => {
    expect(sharedRate('cpu', [pilot('broken', 0)], new Map([['cpu', 250]]))).toBeNull();
  });
});

describe('the rate of an open loop', () => {
  const basis = { sharedPerSecond: 60, weights: [20, 1], throughputPerSecond: 1000 };

  test('is the shared one, or in proportion to the throughput of the trial', () => {
    expect(rateOf('shared', basis)).toEqual({ kind: 'shared', perSecond: 60 });
    expect(rateOf('proportional', basis)).toEqual({ kind: 'proportional', perSecond: 700 });
  });

  test('of the first class alone is its part of the shared rate', () => {
    expect(rateOf('alone', basis)?.perSecond).toBeCloseTo((60 * 20) / 21);
  });

  test('needs no closed loop in the same trial, unless it is in proportion to its throughput', () => {
    const without = { ...basis, throughputPerSecond: null };
    expect(rateOf('shared', without)?.perSecond).toBe(60);
    expect(rateOf('proportional', without)).toBeNull();
  });

  test('is unknown for a server that answered nothing, and if no server did', () => {
    expect(rateOf('shared', { ...basis, throughputPerSecond: 0 })).toBeNull();
    expect(rateOf('alone', { ...basis, sharedPerSecond: null })).toBeNull();
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
