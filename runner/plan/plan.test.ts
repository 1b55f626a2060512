import { describe, expect, test } from '@jest/globals';
import { cpu } from '../../workloads/cpu.ts';
import { io } from '../../workloads/io.ts';
import { profiles } from './budget.ts';
import {
  type ConfiguredServer,
  type Plan,
  type PlannedTrial,
  planBlocks,
  probeServers,
  whyNotMeasured,
  whyUnavailable,
} from './plan.ts';

const server = (name: string): ConfiguredServer => ({
  workers: 1,
  name,
  kind: 'model',
  summary: '',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: () => Promise.resolve({ available: true, version: '1' }),
  command: () => ({ program: 'true', arguments: [] }),
});

const names = ['a', 'b', 'c'];

const plan: Plan = {
  servers: names.map(server),
  workloads: [io, cpu].map(({ name, summary }) => ({
    name,
    summary,
    definition: null,
    servers: names,
    sweptServers: [],
    objectives: [],
    parameters: {},
    classes: [],
  })),
  assertions: [],
  serverAddress: '127.0.0.1',
  connections: 1,
  warmupSeconds: 1,
  durationSeconds: 1,
  blocks: 6,
  furtherWindows: ['shared'],
  furtherBlocks: 4,
  sweep: profiles.quick.sweep,
  budgetSeconds: 300,
  extraSeconds: 0,
  curve: null,
  ratesPerSecond: new Map(),
  predictions: false,
  controls: false,
  fairness: 'work',
  smallestClaim: 0,
  patientShare: 0,
  loadWorkers: null,
  cpuLayout: { mode: 'shared', serverCpus: [], clientCpus: [] },
  insecure: false,
  database: null,
  seed: 1,
};

test('a workload with connections of its own is the last of each block, and no pilot', () => {
  const workloads = plan.workloads.map((one, index) =>
    index === 0 ? { ...one, connections: 10_000 } : one,
  );
  for (const [block, groups] of planBlocks({ ...plan, workloads }).entries()) {
    expect(groups.map(({ workload }) => workload.name)).toEqual(['cpu', 'io']);
    expect(groups.map(({ isPilot }) => isPilot)).toEqual([block === 0, false]);
  }
});

const orderTrials = (plan: Plan) =>
  planBlocks(plan)
    .flat()
    .flatMap(({ trials }) => trials);

const label = ({ block, server, workload }: PlannedTrial) =>
  `${block} ${workload.name} ${server.name}`;

describe('the order of trials', () => {
  test('holds every server under every workload once per block', () => {
    const labels = orderTrials(plan).map(label);
    expect(labels).toHaveLength(36);
    expect(new Set(labels).size).toBe(36);
  });

  test('keeps the servers that will be compared next to each other', () => {
    const trials = orderTrials(plan);
    for (let start = 0; start < trials.length; start += 3) {
      const together = trials.slice(start, start + 3);
      expect(new Set(together.map(({ workload }) => workload.name)).size).toBe(1);
      expect(together.map(({ position }) => position)).toEqual([0, 1, 2]);
    }
  });

  test('puts each server in each position equally often over six blocks', () => {
    const first = orderTrials(plan).filter(({ position }) => position === 0);
    const counts = names.map((name) => first.filter(({ server }) => server.name === name).length);
    expect(counts).toEqual([4, 4, 4]);
  });

  test('is repeated by the same seed and changed by another', () => {
    const order = (seed: number) => orderTrials({ ...plan, seed }).map(label);
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
  });

  test('repeats one trial per block as a control, beside the trial that it repeats', () => {
    const blocks = planBlocks({ ...plan, controls: true });
    const repeated = blocks.flatMap((groups) => {
      expect(groups.flatMap(({ trials }) => trials)).toHaveLength(7);
      return groups.flatMap(({ trials }) => {
        const control = trials.find(({ purpose }) => purpose === 'control');
        if (!control) return [];
        expect(trials[control.position]).toBe(control);
        expect(trials.filter(({ server }) => server === control.server)).toHaveLength(2);
        return [label({ ...control, block: 0 })];
      });
    });
    expect(repeated).toHaveLength(6);
    expect(new Set(repeated).size).toBe(6);
  });
});

describe('a block', () => {
  const swept = plan.workloads.map((workload) => ({ ...workload, sweptServers: ['b'] }));
  const blocks = planBlocks({ ...plan, workloads: swept, controls: true });

  test('is a pilot if it is the first', () => {
    for (const { block, isPilot } of blocks.flat()) expect(isPilot).toBe(block === 0);
  });

  test('has fewer connections for the servers planned for that, but not in controls', () => {
    for (const { server, purpose, sweep } of blocks.flat().flatMap(({ trials }) => trials)) {
      expect(sweep !== null).toBe(server.name === 'b' && purpose === 'comparison');
    }
  });
});

test('probing a plan notes versions, and reasons with advice', async () => {
  const [, b, c] = plan.servers;
  if (!b || !c) throw new Error('there are servers');
  const missing = { available: false, reason: 'no Go here', advice: 'Install it' } as const;
  const probed = await probeServers({
    ...plan,
    servers: [b, { ...c, probe: async () => missing }],
  });
  expect(probed.servers.map(({ version }) => version)).toEqual(['1', undefined]);
  expect(probed.servers.map(whyUnavailable)).toEqual([null, 'no Go here. Install it']);
});

test('a workload is not measured on a server that does not serve one of its endpoints', () => {
  const onlyWaits = { ...server('waiter'), serves: ['hello', 'io'] };
  const classesOf = (...paths: string[]) => ({
    classes: paths.map((path) => ({ name: path, weight: 1, path, expectedBody: null, waitMs: 0 })),
  });
  const mixed = classesOf('/io?ms=5', '/cpu?n=27');
  expect(whyNotMeasured(onlyWaits, classesOf('/io?ms=5', '/hello'))).toBeNull();
  expect(whyNotMeasured(onlyWaits, mixed)).toBe('waiter does not serve /cpu');
  expect(whyNotMeasured(server('any'), mixed)).toBeNull();
  const missing = { ...onlyWaits, unavailable: { reason: 'no Go here' } };
  expect(whyNotMeasured(missing, classesOf('/io'))).toBe('no Go here');
});
