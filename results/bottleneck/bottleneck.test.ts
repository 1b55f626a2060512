import { describe, expect, test } from '@jest/globals';
import { bottleneckClause, bottleneckInShort } from '../../reports/findings/bottleneck-sentence.ts';
import { golden } from '../../test/golden/documents.ts';
import { bottleneckIn, bottleneckOf } from './bottleneck.ts';
import type { CellFigures } from './cell-figures.ts';

/** A single thread on two cores that is half busy at 500 requests/s. */
const idle: CellFigures = {
  workers: 1,
  isOneAtATime: false,
  computing: 1,
  cores: 2,
  sharesCores: true,
  perSecond: 500,
  serverCores: 0.5,
  clientCores: 0.02,
  clientWaitCores: 0,
  databaseCores: null,
  generatorProcesses: 1,
  connections: 64,
  waitMs: 0,
  lightMs: null,
  isLimitedByConnections: false,
  failedShare: 0,
};
const prefork: Partial<CellFigures> = { workers: 5, isOneAtATime: true, computing: 5 };

const clauseFor = (change: Partial<CellFigures>) =>
  bottleneckClause(bottleneckIn({ ...idle, ...change }));

describe('the bottleneck', () => {
  test.each([
    [
      'the one thread of an event loop',
      { serverCores: 0.99 },
      'its one thread is busy 99 % of the time',
    ],
    [
      'an event loop whose helper threads work too',
      { serverCores: 1.04 },
      'its one thread is busy 100 % of the time',
    ],
    [
      'both cores, where the server has a thread for each',
      { workers: 2, computing: 2, serverCores: 1.9 },
      'both cores are busy 96 % of the time',
    ],
    [
      'cores that the load generator shares',
      { workers: 2, computing: 2, serverCores: 1.6, clientCores: 0.3 },
      'both cores are busy 95 % of the time, 0.3 of 2 cores by the load generator',
    ],
    [
      'the cores of the server alone, where the load generator has its own',
      { ...prefork, cores: 4, serverCores: 3.9, clientCores: 0.3, sharesCores: false },
      'all 4 cores are busy 98 % of the time',
    ],
    [
      'workers that wait as the workload asks',
      { ...prefork, perSecond: 99, serverCores: 0.1, waitMs: 50 },
      'all 5 workers are occupied: a request waits 50 ms, so 100 requests/s at most',
    ],
    [
      'workers that wait for something else',
      { ...prefork, perSecond: 400, serverCores: 0.8 },
      'all 5 workers are occupied: 12.5 ms per request, of which it waits 10.5 ms for a core, a lock or another service',
    ],
    [
      'workers that wait and compute',
      { ...prefork, perSecond: 600, serverCores: 1.2, waitMs: 4.8 },
      'all 5 workers are occupied: 8.33 ms per request, of which it waits 4.8 ms and computes 2 ms',
    ],
    [
      'requests that fail',
      { serverCores: 1, failedShare: 0.987 },
      "it answers 99 % of the closed loop's requests with an error, or not at all",
    ],
    [
      'the connections, where requests wait for something unknown',
      { perSecond: 3000, lightMs: 20, isLimitedByConnections: true },
      'the 64 connections send no more: a request takes at least 20 ms, so 3,200 requests/s at most',
    ],
    [
      'the connections of the closed loop',
      { serverCores: 0.3, perSecond: 1270, waitMs: 50, isLimitedByConnections: true },
      'the 64 connections send no more: a request takes at least 50 ms, so 1,280 requests/s at most',
    ],
    [
      'one core of a server whose design is not known',
      { workers: null, computing: null, serverCores: 1.02 },
      'it uses 1.0 of 2 cores, as one thread does',
    ],
    [
      'the load generator',
      { serverCores: 0.9, clientCores: 0.8 },
      'the load generator uses 80 % of a core, or waits for it: the server may handle more',
    ],
    [
      'the load generator that waits for a core',
      { serverCores: 0.9, clientCores: 0.6, clientWaitCores: 0.2 },
      'the load generator uses 80 % of a core, or waits for it: the server may handle more',
    ],
    [
      'workers that wait for the database',
      { ...prefork, perSecond: 400, serverCores: 0.8, databaseCores: 0.5 },
      'all 5 workers are occupied: 12.5 ms per request, of which it waits 10.5 ms for the database',
    ],
    [
      'the database, which uses most of the busy cores',
      { serverCores: 0.6, databaseCores: 1.25 },
      'the database uses 1.25 of 2 cores; both cores are busy 94 % of the time',
    ],
    [
      'the cores, of which the database uses a part',
      { workers: 2, computing: 2, serverCores: 1.2, databaseCores: 0.7 },
      'both cores are busy 96 % of the time, 0.7 of 2 cores by the database',
    ],
    [
      'the database, where nothing is busy',
      { databaseCores: 0.4 },
      'requests wait for the database, which uses 0.4 of 2 cores',
    ],
    [
      'unknown where nothing is busy',
      {},
      'unknown: the server uses 0.5 of 2 cores, and the waits of the workload do not explain the rest: requests wait elsewhere, for a lock or another service',
    ],
    [
      'unknown without CPU time',
      { serverCores: null },
      'unknown: this platform does not report CPU time',
    ],
  ])('is %s', (_, change, clause) => {
    expect(clauseFor(change)).toBe(clause);
  });

  test('is not the workers of a server with fewer connections than workers', () => {
    expect(clauseFor({ ...prefork, connections: 4, perSecond: 99, serverCores: 0.1 })).toMatch(
      /^unknown/,
    );
  });

  test('of each server of a run, from the windows that may be used', () => {
    const document = golden('full');
    const short = document.plan.workloads.map((workload) =>
      workload.servers.map((server) => bottleneckInShort(bottleneckOf(document, workload, server))),
    );
    expect(short).toEqual([
      ['64 connections', '5 workers waiting', '64 connections'],
      ['1 thread busy', '2 cores busy', '2 cores busy'],
      ['1 thread busy', '5 workers waiting', '2 cores busy'],
    ]);
    const [io] = document.plan.workloads;
    const disturbed = structuredClone(document);
    const stolen = { code: 'cpu-stolen', severity: 'warn', message: '', advice: '' } as const;
    for (const { measurements } of disturbed.trials)
      for (const { warnings } of measurements) warnings.push(stolen);
    expect(io && bottleneckOf(disturbed, io, 'pool')).toEqual({
      kind: 'unknown',
      reason: 'other programs disturbed every closed loop',
    });
    const none = golden('empty');
    expect(io && bottleneckOf(none, io, 'pool')).toEqual({
      kind: 'unknown',
      reason: 'no closed loop may be used',
    });
  });

  test('is the connections where these limited half of the closed loops', () => {
    const document = golden('full');
    const [io] = document.plan.workloads;
    const slow = document.trials.filter(
      ({ server, workload, block }) => server === 'pool' && workload === 'io' && block === 0,
    );
    for (const { measurements } of slow)
      for (const measurement of measurements) measurement.throughputPerSecond /= 2;
    expect(io && bottleneckInShort(bottleneckOf(document, io, 'pool'))).toBe('64 connections');
  });

  test('is the workers of any server that serves one request at a time in each', () => {
    const document = golden('full');
    const [io] = document.plan.workloads;
    const kindOf = (name: string) => io && bottleneckOf(document, io, name).kind;
    const prefork = document.plan.servers.find(({ name }) => name === 'prefork');
    if (!prefork) throw new Error('no prefork');
    expect(kindOf('prefork')).toBe('workers');
    prefork.oneAtATime = true;
    expect(kindOf('prefork')).toBe('workers');
    prefork.oneAtATime = false;
    expect(kindOf('prefork')).not.toBe('workers');
  });
});
