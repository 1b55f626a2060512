import { expect, test } from '@jest/globals';
import { queueingModelOf } from './queueing-model.ts';
import { demandOf } from './statistics/queueing/demand.ts';

const demand = demandOf([{ weight: 1, cpuSeconds: 0.02, waitSeconds: 0 }]);
const request = { name: 'password', weight: 1, path: '/password', waitMs: 0 };

/** The capacity of a server with one worker, in requests/s. */
function capacityOf(
  name: string,
  modelledBy: string | undefined,
  inBackground: boolean,
  cores: number,
) {
  const kind = modelledBy ? ('reference' as const) : ('model' as const);
  const server = { name, kind, ...(modelledBy && { modelledBy }) };
  const classes = [{ ...request, ...(inBackground && { computesInBackground: true as const }) }];
  return queueingModelOf(server, { classes })?.capacityPerSecond(demand, { workers: 1, cores });
}

test('an event loop computes on one core, and in the background on up to four', () => {
  for (const cores of [1, 2, 4, 8]) {
    expect(capacityOf('event-loop', undefined, false, cores)).toBeCloseTo(50, 9);
    const inBackground = 50 * Math.min(4, cores);
    expect(capacityOf('event-loop', undefined, true, cores)).toBeCloseTo(inBackground, 9);
    expect(capacityOf('express', 'event-loop', true, cores)).toBeCloseTo(inBackground, 9);
    expect(capacityOf('threads', undefined, true, cores)).toBeCloseTo(inBackground, 9);
    expect(capacityOf('prefork', undefined, true, cores)).toBeCloseTo(50, 9);
  }
});

test('event loops in threads have the capacity of their number or of the cores', () => {
  const request = { classes: [{ name: 'cpu', weight: 1, path: '/cpu', waitMs: 0 }] };
  const capacity = (name: string, workers: number, cores: number) =>
    queueingModelOf({ name, kind: 'model' }, request)?.capacityPerSecond(demand, {
      workers,
      cores,
    });
  expect(capacity('threads', 2, 4)).toBeCloseTo(100, 9);
  expect(capacity('threads', 8, 4)).toBeCloseTo(200, 9);
});

test('nothing is known of work that is unknown', () => {
  const workload = { classes: [request], isUnknown: true as const };
  expect(queueingModelOf({ name: 'pool', kind: 'model' }, workload)).toBeNull();
});
