import { describe, expect, test } from '@jest/globals';
import { closed, open, resources } from '../../test/raised-warnings.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTrial,
} from '../../test/sample-document.ts';
import type { Measurement } from '../document/run-document.ts';
import { withWarnings } from './gates.ts';

test('a quiet closed loop and a quiet open loop raise no warning', () => {
  expect(closed()).toEqual([]);
  expect(open()).toEqual([]);
});

test('what this platform does not report raises no warning', () => {
  const unknown = {
    cpuSeconds: null,
    runQueueDelaySeconds: null,
    pssBytes: null,
    processes: null,
    threads: null,
    processesReplaced: null,
  };
  const change = {
    server: unknown,
    client: unknown,
    kernel: { listenOverflows: null, listenDrops: null, synRetransmits: null },
    host: { busyCpuSeconds: null, stealSeconds: null },
  };
  expect(closed(change)).toEqual([]);
  expect(open(change)).toEqual([]);
});

describe('a server that is pinned to some of the CPUs', () => {
  const codesOn = (serverCpus: number[], change: Partial<Measurement>) => {
    const document = sampleDocument({}, []);
    const mode = 'isolated' as const;
    const singleRequests = [{ class: 'cpu', cpuSeconds: 0.002, responseMs: 2, fastestMs: null }];
    const { measurements } = withWarnings(
      sampleTrial({ server: 'pool' }, [sampleClosedLoop(change), sampleOpenLoop()]),
      {
        trials: [],
        environment: { ...document.environment, cpusAvailable: 4, cpusOnline: 4 },
        plan: { ...document.plan, cpuLayout: { mode, serverCpus, clientCpus: [3] } },
        pilots: [
          {
            server: 'pool',
            workload: 'cpu',
            capacityPerSecond: 900,
            singleRequests,
            connectionMemory: null,
            idle: null,
          },
        ],
      },
    );
    return measurements[0]?.warnings.map(({ code }) => code);
  };

  test('cannot compute more than those can', () => {
    expect(codesOn([0, 1, 2], {})).toEqual([]);
    expect(codesOn([], {})).toEqual([]);
    expect(codesOn([0], {})).toEqual(['above-ceiling']);
  });

  test('leaves none idle when it keeps those busy', () => {
    const client = { ...resources, cpuSeconds: 0.5, runQueueDelaySeconds: 3.5 };
    const server = { ...resources, cpuSeconds: 9 };
    const host = { busyCpuSeconds: 9.7, stealSeconds: 0 };
    expect(codesOn([0, 1], { client, server, host })).toEqual([]);
    expect(codesOn([0, 1, 2], { client, server, host })).toEqual(['generator-starved']);
  });
});

test('the measurements of a trial get their warnings, by what the run knows', () => {
  const trial = sampleTrial({ server: 'pool' }, [
    sampleClosedLoop({ throughputPerSecond: 500 }),
    sampleOpenLoop(),
  ]);
  const [first, second] = withWarnings(trial, sampleDocument({}, [])).measurements;
  expect(first?.warnings).toEqual([]);
  expect(second?.warnings).toMatchObject([{ code: 'overloaded', severity: 'void' }]);
  expect(trial.measurements[1]?.warnings).toEqual([]);
});

test('loads of the curve pass the gates too; without a closed loop of their own, by the last one before', () => {
  const earlier = sampleTrial({ block: 0 }, [sampleClosedLoop({ throughputPerSecond: 50 })]);
  const document = sampleDocument({}, [earlier]);
  const curve = [40, 60].map((offeredPerSecond) => sampleOpenLoop({ offeredPerSecond }));
  const later = { ...sampleTrial({ block: 1 }, [sampleClosedLoop()]), measurements: [], curve };
  const tested = withWarnings(later, document);
  expect(tested.curve.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
    [],
    ['overloaded'],
  ]);
});
