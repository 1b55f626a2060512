import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleServer,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Measurement, PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { modelFidelities } from './model-fidelity.ts';

/** How a server of a test behaves, in block 0, 1, 2 …; a request costs it 1 ms of CPU. */
interface Behaviour {
  readonly closed?: readonly number[];
  readonly slowdown?: readonly number[];
  readonly tail?: readonly number[];
}

const usual = { closed: [900, 900, 900], slowdown: [1.5, 1.5, 1.5], tail: [3, 3, 3] };
const cpu = sampleWorkload('cpu');
const mixed: PlannedWorkload = {
  ...sampleWorkload('mixed', ['light', 'heavy']),
  classes: [
    { name: 'light', weight: 1, path: '/io', waitMs: 50 },
    { name: 'heavy', weight: 1, path: '/cpu', waitMs: 0 },
  ],
};

const costing = (measurement: Measurement): Measurement => ({
  ...measurement,
  server: { ...measurement.server, cpuSeconds: measurement.requests.ok / 1000 },
});

function closed(throughputPerSecond: number, change: Partial<Measurement> = {}): Measurement {
  return costing(sampleClosedLoop({ throughputPerSecond, warmupSeconds: 0, ...change }));
}

const classTimes = (name: string, meanMs: number, tail: number, ofLoop: Measurement) => ({
  name,
  requests: ofLoop.requests,
  throughputPerSecond: 1,
  serviceTime: sampleTimes(3000, meanMs),
  responseTime: { ...sampleTimes(3000, meanMs), p99Ms: meanMs * tail },
});

function trialsOf(server: string, workload: PlannedWorkload, behaviour: Behaviour) {
  const { closed: throughputs, slowdown, tail } = { ...usual, ...behaviour };
  return throughputs.map((throughput, block) => {
    const alone = closed(19, { connections: 1 });
    const open = sampleOpenLoop({ rate: 'proportional' });
    const [first] = workload.classes;
    const sweep = [{ ...alone, classes: [classTimes(first?.name ?? '', 50, 1, alone)] }];
    const own = {
      ...open,
      classes: workload.classes.map(({ name }, index) =>
        classTimes(name, index === 0 ? 50 * (slowdown[block] ?? 1) : 10, tail[block] ?? 1, open),
      ),
    };
    return {
      ...sampleTrial({ block, server, workload: workload.name }, [closed(throughput), own]),
      sweep,
    };
  });
}

function run(workload: PlannedWorkload, reference: Behaviour, model: Behaviour = {}): RunDocument {
  const trials = [
    ...trialsOf('event-loop', workload, model),
    ...trialsOf('express', workload, reference),
  ];
  const document = sampleDocument(
    { servers: ['event-loop', 'express'], workloads: [workload] },
    trials,
  );
  const [eventLoop] = document.plan.servers;
  const express = {
    ...sampleServer('express'),
    kind: 'reference',
    modelledBy: 'event-loop',
  } as const;
  return {
    ...document,
    plan: { ...document.plan, fairness: 'demand', servers: eventLoop ? [eventLoop, express] : [] },
  };
}

function component(document: RunDocument, kind: string) {
  const [pair] = modelFidelities(document);
  return pair?.workloads[0]?.components.find((one) => one.kind === kind);
}

describe('the fidelity of a model', () => {
  test('is 1 to a reference that does the same', () => {
    const [pair] = modelFidelities(run(mixed, {}));
    expect(pair?.model.name).toBe('event-loop');
    expect(pair?.reference.name).toBe('express');
    expect(pair?.fidelity?.score).toBeCloseTo(1, 12);
    expect(pair?.fidelity?.interval?.low).toBeCloseTo(1, 12);
  });

  test.each([
    [cpu, ['throughput', 'tail']],
    [mixed, ['throughput', 'interference', 'tail']],
  ])('has only the measures that apply', (workload, kinds) => {
    const [pair] = modelFidelities(run(workload, {}));
    expect(pair?.workloads[0]?.components.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('is the geometric mean of its measures', () => {
    const [pair] = modelFidelities(run(cpu, { tail: [12, 12, 12] }));
    expect(pair?.fidelity?.score).toBeCloseTo(Math.sqrt(1 * 0.25), 12);
  });

  test('has no interval where one of its measures has none', () => {
    const document = run(mixed, { closed: [900] }, { closed: [900] });
    const [pair] = modelFidelities(document);
    expect(pair?.fidelity).toEqual({ score: expect.closeTo(1, 12), interval: null });
  });

  test('is missing where a request does not cost the two the same CPU time', () => {
    const demand = {
      server: 'express',
      workload: 'cpu',
      class: 'cpu',
      path: '/cpu',
      parameters: {},
      targetCpuSeconds: 0.002,
      cpuSeconds: 0.02,
      reason: 'its fixed cost is higher',
    };
    const seen = (reason: string | null, cpuSeconds: number | null = 0.02) => {
      const calibratedRequests = [{ ...demand, reason, cpuSeconds }];
      const [pair] = modelFidelities({ ...run(cpu, {}), calibratedRequests });
      return { fidelity: pair?.fidelity?.score, why: pair?.workloads[0]?.components[0]?.missing };
    };
    expect(seen(null)).toEqual({ fidelity: expect.closeTo(1, 12), why: null });
    expect(seen(demand.reason, 0.0021).fidelity).toBeCloseTo(1, 12);
    expect(seen(demand.reason, null).fidelity).toBeUndefined();
    expect(seen(demand.reason)).toEqual({
      fidelity: undefined,
      why: 'the CPU time on express is not equal: its fixed cost is higher',
    });
  });

  test('is missing without a reference', () => {
    expect(modelFidelities(sampleDocument({ servers: ['event-loop', 'pool'] }, []))).toEqual([]);
  });

  test('is missing where requests were not calibrated', () => {
    const document = run(cpu, {});
    const plan = { ...document.plan, fairness: 'work' as const };
    expect(modelFidelities({ ...document, plan })).toEqual([]);
  });
});

describe('throughput', () => {
  test('that is half at one of two loads gives the root of a half', () => {
    const one = component(run(cpu, { closed: [450, 450, 450] }), 'throughput');
    expect(one?.fidelity?.score).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(one?.blocks).toBe(3);
  });

  test('that is half because requests cost twice the CPU time is as far from the ideal', () => {
    const document = run(cpu, { closed: [450, 450, 450] });
    const trials = document.trials.map((trial) =>
      trial.server === 'express'
        ? {
            ...trial,
            measurements: trial.measurements.map((measurement) => ({
              ...measurement,
              server: { ...measurement.server, cpuSeconds: measurement.requests.ok / 500 },
            })),
            sweep: [],
            curve: [],
          }
        : { ...trial, sweep: [] },
    );
    expect(component({ ...document, trials }, 'throughput')?.fidelity?.score).toBeCloseTo(1, 12);
  });

  test('leads at one load do not make up for lags at another', () => {
    const document = run(cpu, { closed: [450, 450, 450] });
    const trials = document.trials.map((trial) => ({
      ...trial,
      sweep: trial.sweep.map((alone) =>
        trial.server === 'express' ? closed(38, { connections: 1 }) : alone,
      ),
    }));
    expect(component({ ...document, trials }, 'throughput')?.fidelity?.score).toBeCloseTo(0.5, 12);
  });

  test('that is void at a load is left out there', () => {
    const document = run(cpu, { closed: [90, 900, 900] });
    const [first] = document.trials.filter(({ server }) => server === 'express');
    first?.measurements[0]?.warnings.push({
      code: 'accept-queue',
      severity: 'void',
      message: '',
      advice: '',
    });
    expect(component(document, 'throughput')?.fidelity?.score).toBeCloseTo(1, 12);
  });

  test('cannot be compared where the CPU time of a request is unknown', () => {
    const document = run(cpu, {});
    for (const { measurements, sweep } of document.trials) {
      for (const { server } of [...measurements, ...sweep]) server.cpuSeconds = null;
    }
    const one = component(document, 'throughput');
    expect(one?.fidelity).toBeNull();
    expect(one?.missing).toContain('CPU time');
  });

  test('has an interval that contains 1 when it is noisy', () => {
    const one = component(run(cpu, { closed: [860, 945, 890] }), 'throughput');
    expect(one?.fidelity?.score).toBeLessThan(1);
    expect(one?.fidelity?.interval?.high).toBe(1);
  });
});

describe('the other measures', () => {
  test('compare how much longer light requests take than alone', () => {
    const one = component(run(mixed, { slowdown: [3, 3, 3] }), 'interference');
    expect(one?.model).toBeCloseTo(1.5, 12);
    expect(one?.reference).toBeCloseTo(3, 12);
    expect(one?.fidelity?.score).toBeCloseTo(0.5, 12);
  });

  test('compare a high percentile with the median', () => {
    const one = component(run(cpu, { tail: [2, 2, 2] }), 'tail');
    expect(one?.quantity).toBe('p99 over median response time');
    expect(one?.fidelity?.score).toBeCloseTo(2 / 3, 12);
  });

  test('compare the tail of each class of a mix by itself', () => {
    const document = run(mixed, { tail: [2, 2, 2] });
    for (const { server, measurements } of document.trials) {
      const own = measurements.find(({ rate }) => rate === 'proportional');
      const light = own?.classes.find(({ name }) => name === 'light')?.responseTime;
      if (server === 'express' && light) light.p99Ms = 3 * (light.p50Ms ?? 0);
    }
    const one = component(document, 'tail');
    expect(one?.quantity).toBe('p99 over median response time of each class');
    expect(one?.fidelity?.score).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });

  test('are missing where one block is left of several', () => {
    const document = run(cpu, { tail: [2, 2, 2] });
    for (const { block, measurements } of document.trials) {
      const own = measurements.find(({ rate }) => rate === 'proportional');
      if (block > 0) own?.warnings.push({ code: 'x', severity: 'void', message: '', advice: '' });
    }
    expect(component(document, 'tail')?.missing).toBe('only one of 3 blocks has both');
    expect(component(document, 'throughput')?.blocks).toBe(3);
  });

  test('lack a tail where a class has none', () => {
    const document = run(mixed, {});
    for (const { server, measurements } of document.trials) {
      const own = measurements.find(({ rate }) => rate === 'proportional');
      const heavy = own?.classes.find(({ name }) => name === 'heavy')?.responseTime;
      if (server === 'express' && heavy) heavy.p99Ms = null;
    }
    expect(component(document, 'tail')?.missing).toBe('no block has both for heavy requests');
  });

  test('lack a tail where there are few requests', () => {
    const document = run(cpu, {});
    for (const { measurements } of document.trials) {
      const own = measurements.find(({ rate }) => rate === 'proportional');
      for (const { responseTime } of own?.classes ?? []) if (responseTime) responseTime.count = 199;
    }
    expect(component(document, 'tail')?.fidelity).toBeNull();
    expect(component(document, 'tail')?.missing).toContain('199 requests');
  });
});
