import { describe, expect, test } from '@jest/globals';
import type { Server } from '../../servers/server.ts';
import { cpu } from '../../workloads/cpu.ts';
import { io } from '../../workloads/io.ts';
import { type Plan, type PlannedTrial, planBlocks } from './plan.ts';

const server = (name: string): Server => ({
  name,
  kind: 'model',
  summary: '',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: () => Promise.resolve({ available: true, version: '1' }),
  command: () => ({ program: 'true', arguments: [] }),
});

const servers = ['a', 'b', 'c'].map((name) => ({ server: server(name), workers: 1 }));

const plan: Plan = {
  servers,
  workloads: [io, cpu].map((workload) => ({ workload, servers, parameters: {}, classes: [] })),
  connections: 1,
  warmupSeconds: 1,
  durationSeconds: 1,
  blocks: 6,
  rates: [],
  sweep: null,
  budgetSeconds: 300,
  ratePerSecond: null,
  predictions: false,
  controls: false,
  fairness: 'work',
  smallestClaim: 0,
  cpuLayout: { mode: 'shared', serverCpus: [], clientCpus: [] },
  seed: 1,
};

const orderTrials = (plan: Plan) => planBlocks(plan).flat();

const label = ({ block, server: { server }, workload: { workload } }: PlannedTrial) =>
  `${block} ${workload.name} ${server.name}`;

describe('the order of trials', () => {
  test('holds every server under every workload once a block', () => {
    const labels = orderTrials(plan).map(label);
    expect(labels).toHaveLength(36);
    expect(new Set(labels).size).toBe(36);
  });

  test('keeps the servers that will be compared next to each other', () => {
    const trials = orderTrials(plan);
    for (let start = 0; start < trials.length; start += 3) {
      const together = trials.slice(start, start + 3);
      expect(new Set(together.map(({ workload }) => workload.workload.name)).size).toBe(1);
      expect(together.map(({ position }) => position)).toEqual([0, 1, 2]);
    }
  });

  test('puts each server in each position equally often over six blocks', () => {
    const first = orderTrials(plan).filter(({ position }) => position === 0);
    const counts = ['a', 'b', 'c'].map(
      (name) => first.filter(({ server }) => server.server.name === name).length,
    );
    expect(counts).toEqual([4, 4, 4]);
  });

  test('is repeated by the same seed and changed by another', () => {
    const order = (seed: number) => orderTrials({ ...plan, seed }).map(label);
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
  });

  test('repeats one cell a block as a control, next to the trial that it repeats', () => {
    const blocks = planBlocks({ ...plan, controls: true });
    for (const block of blocks) {
      expect(block).toHaveLength(7);
      const at = block.findIndex(({ purpose }) => purpose === 'control');
      const before = block.slice(Math.max(0, at - 3), at).map(({ server }) => server);
      expect(before).toContain(block[at]?.server);
    }
    const repeated = blocks.flat().filter(({ purpose }) => purpose === 'control');
    expect(new Set(repeated.map((trial) => label({ ...trial, block: 0 }))).size).toBe(6);
  });
});
