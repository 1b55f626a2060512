import { expect, test } from '@jest/globals';
import { loadSeedOf } from './load-seed.ts';

const trial = (server: string, workload: string, block: number) => ({
  server: { server: { name: server } },
  workload: { workload: { name: workload } },
  block,
});
const blocks = Array.from({ length: 30 }, (_, block) => block);

test('within a block all servers meet the same load', () => {
  for (const block of blocks) {
    const seeds = ['pool', 'prefork', 'event-loop'].map((server) =>
      loadSeedOf(1, trial(server, 'cpu', block)),
    );
    expect(new Set(seeds).size).toBe(1);
  }
});

test('each block has another load, and each workload', () => {
  const seeds = ['io', 'cpu'].flatMap((workload) =>
    blocks.map((block) => loadSeedOf(1, trial('pool', workload, block))),
  );
  expect(new Set(seeds).size).toBe(60);
});

test('a run is repeated by its seed and changed by another', () => {
  const seeds = (runSeed: number) =>
    blocks.map((block) => loadSeedOf(runSeed, trial('pool', 'io', block)));
  expect(seeds(7)).toEqual(seeds(7));
  expect(seeds(7)).not.toEqual(seeds(8));
});
