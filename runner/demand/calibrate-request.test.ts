import { expect, test } from '@jest/globals';
import { cpu } from '../../workloads/cpu.ts';
import { calibratableIn } from './calibratable.ts';
import { type CostOf, calibrateRequest } from './calibrate-request.ts';

function workload(mostTimes?: number) {
  const parameters = { n: 27, times: 1 };
  const classes = cpu.requests(parameters);
  const settings = { name: 'cpu', summary: '', servers: [], sweptServers: [], objectives: [] };
  const [found] = calibratableIn([{ ...settings, definition: cpu, parameters, classes }]);
  if (!found) throw new Error('its cost cannot be set');
  return mostTimes === undefined ? found : { ...found, mostTimes };
}

const timesIn = (path: string) => Number(/times=(\d+)/.exec(path)?.[1] ?? 1);
const targetCost: CostOf = async () => 0.002;

/** A server whose requests cost a fixed part and a part for each repetition, in multiples of the target. */
const serverThatCosts = (fixed: number, each: number) => {
  const sent = new Set<number>();
  const costOf: CostOf = async (path) => {
    sent.add(timesIn(path));
    return 0.002 * (fixed + each * timesIn(path));
  };
  return { costOf, sent };
};

test.each([
  ['as fast as the target', 0.02, 0.98 / 3571, 3571],
  ['thirty times slower', 0.1, 30 / 3571, 107],
  ['ten times faster', 0.01, 0.1 / 3571, 35_353],
])('a server that is %s is brought to the target', async (_, fixed, each, times) => {
  const { costOf, sent } = serverThatCosts(fixed, each);
  const found = await calibrateRequest(workload(100_000), costOf, targetCost);
  expect(Math.abs(found.times / times - 1)).toBeLessThan(0.02);
  expect(found.targetCpuSeconds).toBe(0.002);
  expect(found.cpuSeconds).toBeCloseTo(0.002 * (fixed + each * found.times), 12);
  expect(found.reason).toBeNull();
  expect(sent.size).toBeLessThanOrEqual(7);
});

test('readings that are a few percent off still lead to the target', async () => {
  const { costOf } = serverThatCosts(0.1, 0.001);
  let sign = 1;
  const noisy: CostOf = async (path) => {
    sign = -sign;
    return (await costOf(path)) * (1 + sign * 0.03);
  };
  const found = await calibrateRequest(workload(), noisy, targetCost);
  expect(Math.abs(0.1 + found.times / 1000 - 1)).toBeLessThan(0.05);
});

test('a machine that is slow for a while changes nothing, for it is slow for both servers', async () => {
  const { costOf } = serverThatCosts(0.05, 0.0005);
  let readings = 0;
  const slowed = (cost: CostOf): CostOf => {
    return async (path) => {
      readings += 1;
      return (readings % 20 < 8 ? 1.7 : 1) * (await cost(path));
    };
  };
  const found = await calibrateRequest(workload(), slowed(costOf), slowed(targetCost));
  expect(found.times).toBeGreaterThan(1850);
  expect(found.times).toBeLessThan(1950);
});

test('a request that costs more than the target without computing is left at one repetition', async () => {
  const { costOf, sent } = serverThatCosts(1.5, 0.25);
  const found = await calibrateRequest(workload(), costOf, targetCost);
  expect(found.times).toBe(1);
  expect(found.reason).toContain('even when there is next to nothing to compute');
  expect([...sent]).toEqual([1]);
});

test('a server that cannot reach the target within the limit comes as close as it may', async () => {
  const { costOf } = serverThatCosts(0.1, 0.00001);
  const found = await calibrateRequest(workload(10_000), costOf, targetCost);
  expect(found.times).toBe(10_000);
  expect(found.reason).toBe('its cost could not be brought closer to the target');
});

test('a cost that seems not to grow is read with many more repetitions', async () => {
  const costOf: CostOf = async (path) =>
    0.002 * (timesIn(path) < 1000 ? 0.1 : timesIn(path) / 5000);
  const found = await calibrateRequest(workload(), costOf, targetCost);
  expect(found.reason).toBeNull();
});

test('of costs that never come near the target the closest is kept', async () => {
  let latest = 0.003;
  const growing: CostOf = async (path) => {
    if (timesIn(path) === 1) return 0.0001;
    latest += 1e-5;
    return latest;
  };
  const found = await calibrateRequest(workload(), growing, targetCost);
  expect(found.cpuSeconds).toBeGreaterThan(0.003);
  expect(found.cpuSeconds).toBeLessThan(latest - 5e-5);
  expect(found.reason).toBe('its cost could not be brought closer to the target');
});
