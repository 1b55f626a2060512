import { describe, expect, test } from '@jest/globals';
import { sampleGateContext, sampleOpenLoop } from '../../test/sample-document.ts';
import { type Random, seededRandom } from '../statistics/random.ts';
import type { GateContext } from './gate.ts';
import { overloaded } from './overloaded.ts';

/** A queue with Poisson arrivals, as the load generator sees it. */
interface Queue {
  readonly workers: number;
  /** In units of the mean. */
  readonly serviceTime: (random: Random) => number;
}

const exponential = (random: Random) => -Math.log(1 - random());
const queues: Readonly<Record<string, Queue>> = {
  'M/M/1': { workers: 1, serviceTime: exponential },
  'M/D/1': { workers: 1, serviceTime: () => 1 },
  'M/D/5': { workers: 5, serviceTime: () => 1 },
};
const settleSeconds = 0.3;
const binSeconds = 0.1;

/** Requests sent and in flight at the end of each interval of a window. */
function intervalsOf(
  queue: Queue,
  utilisation: number,
  rate: number,
  bins: number,
  random: Random,
) {
  const workerSeconds = (utilisation * queue.workers) / rate;
  const freeAt = Array.from({ length: queue.workers }, () => 0);
  const changes = Array.from({ length: bins }, () => ({ sent: 0, inFlight: 0 }));
  const endSeconds = settleSeconds + bins * binSeconds;
  const indexOf = (seconds: number) => Math.floor((seconds - settleSeconds) / binSeconds);
  let before = 0;
  for (let at = 0; at < endSeconds; at += exponential(random) / rate) {
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const answeredAt =
      Math.max(at, freeAt[worker] ?? 0) + workerSeconds * queue.serviceTime(random);
    freeAt[worker] = answeredAt;
    if (answeredAt < settleSeconds) continue;
    const sentIn = changes[indexOf(at)];
    if (sentIn) {
      sentIn.sent += 1;
      sentIn.inFlight += 1;
    } else {
      before += 1;
    }
    const answeredIn = changes[indexOf(answeredAt)];
    if (answeredIn) answeredIn.inFlight -= 1;
  }
  let inFlight = before;
  return changes.map((change, index) => {
    inFlight += change.inFlight;
    return {
      startSeconds: index * binSeconds,
      durationSeconds: binSeconds,
      sent: change.sent,
      completed: 0,
      inFlight,
      serverCpuSeconds: null,
      eventLoopDelayMs: null,
    };
  });
}

/** The share of windows that is called overloaded. */
function alarms(
  windows: number,
  queue: Queue,
  utilisation: number,
  { rate, bins }: { readonly rate: number; readonly bins: number },
  known: Pick<GateContext, 'capacityPerSecond' | 'servedPerSecond'>,
): number {
  const random = seededRandom(1, `${utilisation} ${rate} ${bins}`);
  const context = sampleGateContext(known);
  const raised = Array.from({ length: windows }, () => {
    const intervals = intervalsOf(queue, utilisation, rate, bins, random);
    const measurement = sampleOpenLoop({ offeredPerSecond: rate, intervals });
    return overloaded.test(measurement, context) !== null;
  });
  return raised.filter(Boolean).length / windows;
}

const unknown = { capacityPerSecond: null, servedPerSecond: null };
const plans = [57, 400].flatMap((rate) => [10, 30].map((bins) => ({ rate, bins })));

describe.each(Object.entries(queues))('%s', (_, queue) => {
  test.each(plans)('at 70 % of an unknown capacity is not overloaded: %o', (plan) => {
    expect(alarms(1000, queue, 0.7, plan, unknown)).toBeLessThanOrEqual(0.001);
  });

  test.each(plans)('at 60 % of a known capacity is not overloaded: %o', (plan) => {
    const capacityPerSecond = plan.rate / 0.6;
    const known = { capacityPerSecond, servedPerSecond: capacityPerSecond };
    expect(alarms(1000, queue, 0.6, plan, known)).toBeLessThanOrEqual(0.001);
  });

  test('at 110 % of a known capacity is overloaded', () => {
    for (const plan of plans) {
      const capacityPerSecond = plan.rate / 1.1;
      const known = { capacityPerSecond, servedPerSecond: capacityPerSecond };
      expect(alarms(20, queue, 1.1, plan, known)).toBe(1);
    }
  });

  test.each([
    { utilisation: 0.8, most: 0.02 },
    { utilisation: 0.9, most: 0.12 },
  ])(
    'at $utilisation of a known capacity, few windows are called overloaded',
    ({ utilisation, most }) => {
      for (const plan of plans.filter(({ rate }) => rate === 400)) {
        // The measured capacity may be so low that the rate is near it.
        const capacityPerSecond = Math.min(plan.rate / utilisation, plan.rate / 0.91);
        const known = { capacityPerSecond, servedPerSecond: capacityPerSecond };
        expect(alarms(300, queue, utilisation, plan, known)).toBeLessThanOrEqual(most);
      }
    },
  );

  test('at the very capacity, measured 2 % too high, a third of the windows is called overloaded', () => {
    for (const plan of plans) {
      const capacityPerSecond = 1.02 * plan.rate;
      const known = { capacityPerSecond, servedPerSecond: capacityPerSecond };
      expect(alarms(300, queue, 1, plan, known)).toBeGreaterThanOrEqual(0.33);
    }
  });

  test('at 130 % of an unknown capacity is overloaded, if enough requests show it', () => {
    expect(alarms(200, queue, 1.3, { rate: 1000, bins: 30 }, unknown)).toBeGreaterThanOrEqual(0.99);
  });
});
