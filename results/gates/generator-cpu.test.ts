import { describe, expect, test } from '@jest/globals';
import { closed, open, resources } from '../../test/raised-warnings.ts';

describe('the load generator', () => {
  const client = (cpuSeconds: number, runQueueDelaySeconds = 0) => ({
    client: { ...resources, cpuSeconds, runQueueDelaySeconds },
    host: { busyCpuSeconds: 5 + cpuSeconds, stealSeconds: 0 },
  });

  test('voids what it measured with more than 70 % of a core', () => {
    expect(closed(client(3.6))).toEqual(['void generator-saturated']);
    expect(open(client(3.6))).toEqual(['void generator-saturated']);
  });

  test('may use 70 % of a core for each of its processes', () => {
    expect(closed({ ...client(3.6), generatorProcesses: 2 }, { cpuMode: 'isolated' })).toEqual([]);
    const busy = { ...client(7.2), generatorProcesses: 2 };
    expect(closed(busy)).toEqual(['void generator-saturated']);
    const starved = { ...client(0.5, 3.5), generatorProcesses: 2 };
    expect(closed(starved, { cpuMode: 'isolated' })).toEqual([]);
  });

  test('raises a note when it uses many of the CPUs that it shares with the server', () => {
    expect(closed(client(1.1))).toEqual(['note generator-cpu-use']);
    expect(closed(client(1.1), { cpuMode: 'isolated' })).toEqual([]);
  });

  test('is starved when it waits for a core while the server leaves some idle', () => {
    expect(closed(client(0.5, 3.5))).toEqual(['warn generator-starved']);
    const server = { ...resources, cpuSeconds: 9 };
    const host = { busyCpuSeconds: 9.7, stealSeconds: 0 };
    expect(closed({ ...client(0.5, 3.5), server, host })).toEqual([]);
  });
});
