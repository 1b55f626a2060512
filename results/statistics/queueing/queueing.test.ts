import { describe, expect, test } from '@jest/globals';
import { demandOf } from './demand.ts';
import { closedLoopBound, erlangC, littlesLawGap, queueingSeconds } from './formulas.ts';
import {
  type ConcurrencyModel,
  eventLoop,
  pool,
  prefork,
  processorSharing,
  threads,
} from './models.ts';

const one = (cpuMs: number, waitMs = 0) =>
  demandOf([{ weight: 1, cpuSeconds: cpuMs / 1000, waitSeconds: waitMs / 1000 }]);
const response = (
  model: ConcurrencyModel,
  demand: ReturnType<typeof one>,
  arrivals: number,
  means = { workers: 5, cores: 2 },
) => (model.meanResponseSeconds(demand, means, arrivals) ?? Number.NaN) * 1000;

describe("Erlang's C formula", () => {
  test.each([
    [1, 0.7, 0.7],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    [10, 8, 0.40918],
    [100, 90, 0.21693],
  ])('gives for %d servers and a load of %d the chance to wait %d', (servers, load, chance) => {
    expect(erlangC(servers, load)).toBeCloseTo(chance, 4);
  });

  test('is 1 when the load exceeds the servers', () => {
    expect(erlangC(2, 2)).toBe(1);
  });
});

describe('a mix of classes', () => {
  test('has the mean and the variation of a time over its requests', () => {
    const demand = demandOf([
      { weight: 95, cpuSeconds: 0.001, waitSeconds: 0.05 },
      { weight: 5, cpuSeconds: 0.1, waitSeconds: 0 },
    ]);
    expect(demand.cpu.meanSeconds).toBeCloseTo(0.00595, 12);
    expect(demand.cpu.squaredVariation).toBeCloseTo(500.95e-6 / 0.00595 ** 2 - 1, 9);
    expect(demand.waitSeconds).toBeCloseTo(0.0475, 12);
    expect(demand.cpuAndWait.meanSeconds).toBeCloseTo(0.05345, 12);
  });
});

describe('queueing', () => {
  test('is that of M/M/1 and of M/D/1 where those are known', () => {
    expect(queueingSeconds(1, 50, { meanSeconds: 0.01, squaredVariation: 1 })).toBeCloseTo(
      0.01,
      12,
    );
    expect(queueingSeconds(1, 50, { meanSeconds: 0.01, squaredVariation: 0 })).toBeCloseTo(
      0.005,
      12,
    );
  });

  test('never ends when arrivals outrun the servers', () => {
    expect(queueingSeconds(2, 200, { meanSeconds: 0.01, squaredVariation: 1 })).toBeNull();
  });

  test('behind rare long computations takes 20 times as long as processor sharing', () => {
    const mix = demandOf([
      { weight: 95, cpuSeconds: 0.001, waitSeconds: 0 },
      { weight: 5, cpuSeconds: 0.1, waitSeconds: 0 },
    ]);
    const queueing = response(eventLoop, mix, 80) - 5.95;
    expect(1 + queueing).toBeCloseTo(39.2, 1);
    const slowdown = response(processorSharing, mix, 80, { workers: 1, cores: 1 }) / 5.95;
    expect(1 * slowdown).toBeCloseTo(1.91, 2);
  });
});

describe('the models', () => {
  const means = { workers: 5, cores: 2 };
  const capacity = (model: ConcurrencyModel, demand: ReturnType<typeof one>) =>
    model.capacityPerSecond(demand, means);

  test('have their capacity from cores, and prefork from workers too', () => {
    expect(capacity(eventLoop, one(1.6, 50))).toBeCloseTo(625, 9);
    expect(capacity(pool, one(1.6, 50))).toBeCloseTo(1250, 9);
    expect(capacity(processorSharing, one(1.6, 50))).toBeCloseTo(1250, 9);
    expect(capacity(prefork, one(0, 50))).toBeCloseTo(100, 9);
    expect(capacity(prefork, one(1.6))).toBeCloseTo(1250, 9);
    expect(pool.capacityPerSecond(one(1.6), { workers: 1, cores: 2 })).toBeCloseTo(625, 9);
  });

  test('answer a single request in the time that it needs', () => {
    for (const model of [eventLoop, prefork, pool, threads, processorSharing]) {
      expect(response(model, one(2, 50), 1e-9)).toBeCloseTo(52, 6);
    }
  });

  test('have the queueing time of their design', () => {
    // M/D/1 at ρ = 0.8: 2 ms · 0.8 / (2 · 0.2) = 4 ms; M/D/2 at the same: C = 0.7111, ½ · C · 2/(2 − 1.6).
    expect(response(eventLoop, one(2, 50), 400)).toBeCloseTo(52 + 4, 9);
    // Two loops with half of the arrivals each: M/D/1 at ρ = 0.8 again, where the pool shares one queue.
    expect(response(threads, one(2, 50), 800)).toBeCloseTo(52 + 4, 9);
    expect(response(pool, one(2, 50), 800)).toBeCloseTo(52 + 0.5 * 0.711111 * (2 / 0.4), 4);
    expect(response(processorSharing, one(2, 50), 800)).toBeCloseTo(52 + 0.711111 * 5, 4);
    // Five workers of 52 ms at 80/s: a = 4.16, C(5, 4.16) = 0.5989.
    const queued = 0.5 * erlangC(5, 4.16) * (52 / (5 - 4.16));
    expect(response(prefork, one(2, 50), 80)).toBeCloseTo(52 + queued, 9);
    // Without waits, five workers share two cores as Go does.
    expect(response(prefork, one(2), 800)).toBeCloseTo(2 + 0.711111 * 5, 4);
  });

  test('have no mean response time beyond their capacity', () => {
    expect(eventLoop.meanResponseSeconds(one(2), means, 500)).toBeNull();
    expect(prefork.meanResponseSeconds(one(2, 50), means, 97)).toBeNull();
    expect(prefork.meanResponseSeconds(one(2), { workers: 5, cores: 1 }, 600)).toBeNull();
    expect(pool.meanResponseSeconds(one(2), means, 1000)).toBeNull();
    expect(threads.meanResponseSeconds(one(2), means, 1000)).toBeNull();
  });
});

describe('a closed loop', () => {
  test('is limited by the server, or by what its connections can request', () => {
    expect(closedLoopBound(64, one(0, 50), Number.POSITIVE_INFINITY)).toBeCloseTo(1280, 9);
    expect(closedLoopBound(64, one(1.6), 625)).toBeCloseTo(625, 9);
  });

  test("keeps Little's law when throughput and times account for what is in flight", () => {
    expect(littlesLawGap(64, 1280, 0.05)).toBeCloseTo(0, 12);
    expect(littlesLawGap(64, 1000, 0.05)).toBeCloseTo(0.21875, 12);
    expect(littlesLawGap(64, 1500, 0.05)).toBeCloseTo(-0.171875, 12);
  });
});
