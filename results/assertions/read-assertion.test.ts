import { describe, expect, test } from '@jest/globals';
import { sampleServer, sampleWorkload } from '../../test/sample-document.ts';
import { readAssertion } from './read-assertion.ts';
import { TextError } from './text-reader.ts';

const names = ['pool', 'event-loop', 'http://localhost:3000/x'];
const objective = { class: null, percentile: 'p95', belowMs: 100 } as const;
const workload = (name: string, classNames?: string[]) => ({
  ...sampleWorkload(name, classNames),
  servers: name === 'io' ? names.slice(0, 1) : names,
  objectives: name === 'cpu' ? [objective] : [],
});
const run = {
  servers: names.map(sampleServer),
  workloads: [
    workload('cpu'),
    workload('io'),
    workload('mixed', ['light', 'heavy']),
    workload('logins', ['light', 'login']),
    workload('shop', ['GET /orders', 'POST /orders']),
  ],
};
const read = (text: string) => readAssertion(text, run);
const one = (text: string) => readAssertion(text, { ...run, workloads: [workload('cpu')] });

describe('an assertion', () => {
  test('compares two servers, or a server with a limit in a unit', () => {
    expect(read('pool/event-loop throughput on cpu > 1.5')).toMatchObject({
      server: 'pool',
      relativeTo: { server: 'event-loop' },
      metric: { kind: 'throughput' },
      workload: 'cpu',
      comparator: '>',
      limit: 1.5,
      ratePerSecond: null,
    });
    expect(read('pool p99.9 on cpu<0.08s at 200/s')).toMatchObject({
      relativeTo: null,
      metric: { kind: 'response-time', percentile: 'p999', className: null },
      limit: 80,
      ratePerSecond: 200,
    });
    expect(read('pool / event-loop p50 on cpu < 0.9×').limit).toBe(0.9);
    expect(read('pool throughput on cpu > 900 req/s').limit).toBe(900);
    expect(read('pool capacity on cpu > 900').metric).toEqual({ kind: 'capacity', objective });
  });

  test('names a class of requests by itself where one workload has it, else after its workload', () => {
    for (const place of ['GET /orders', '"GET /orders"', 'shop GET /orders']) {
      expect(read(`pool p99 on ${place} < 80ms`)).toMatchObject({
        workload: 'shop',
        metric: { className: 'GET /orders' },
      });
    }
    expect(read('pool p99 on mixed light < 80ms')).toMatchObject({
      workload: 'mixed',
      metric: { className: 'light' },
    });
  });

  test('needs no quotes for the name of a server with slashes, and no workload where there is one', () => {
    expect(one('http://localhost:3000/x/pool p50 < 1')).toMatchObject({
      server: 'http://localhost:3000/x',
      relativeTo: { server: 'pool' },
      workload: 'cpu',
    });
  });

  test.each([
    ['', 0, 'the end is not a server of the run. Known: pool, event-loop, http://localhost:3000/x'],
    ['poool p99 on cpu < 1ms', 0, '"poool" is not a server'],
    ['pool/mine p99 on cpu < 1', 5, '"mine" is not a server'],
    ['pool/pool p99 on cpu < 1', 5, 'pool divided by itself is always 1'],
    ['pool p98 on cpu < 1ms', 5, '"p98" is not a metric. Known: throughput, capacity, p50,'],
    ['pool p99 < 1ms', 9, 'the run has several workloads: add "on" and one of cpu, io,'],
    ['pool p99 on cup < 1ms', 12, '"cup" is neither a workload nor a class of requests'],
    ['pool p99 on light < 1ms', 12, 'write "on mixed light" or "on logins light"'],
    ['event-loop p99 on io < 1ms', 15, 'event-loop is not measured on io'],
    ['pool throughput on login > 5', 5, 'throughput is that of all requests of logins'],
    ['pool capacity on io > 5', 5, 'capacity needs an --objective for io'],
    ['pool p99 on cpu <= 1ms', 16, 'expected < or > instead of "<="'],
    ['pool p99 on cpu < fast', 18, 'expected a number instead of "fast"'],
    ['pool p99 on cpu < 0ms', 18, 'the limit must be above 0'],
    ['pool p99 on cpu < 80', 20, 'expected ms or s after the time instead of the end'],
    ['pool throughput on cpu > 80ms', 27, 'unexpected "ms"'],
    ['pool throughput on cpu > 80 at 5/s', 28, 'only response times are measured at a rate'],
    ['pool p99 on cpu < 1ms at dawn', 25, 'expected a rate such as 200/s instead of "dawn"'],
    ['pool p99 on cpu < 1ms or so', 22, 'unexpected "or"'],
  ])('%j is refused with its place', (text, at, words) => {
    let error: unknown;
    try {
      read(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TextError);
    expect(error).toMatchObject({ at, message: expect.stringContaining(words) });
  });
});
