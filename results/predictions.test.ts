import { describe, expect, test } from '@jest/globals';
import { golden } from '../test/golden/documents.ts';
import type { RunDocument } from './document/run-document.ts';
import { predictionsOf } from './predictions.ts';

function predicted(document: RunDocument, workload: string) {
  const planned = document.plan.workloads.find(({ name }) => name === workload);
  if (!planned) throw new Error(`the run has no ${workload}`);
  return predictionsOf(document, planned);
}

const throughput = (workload: string, server: string, document = golden('full')) =>
  predicted(document, workload).get(server)?.throughputPerSecond;

describe('predictions', () => {
  test('of io are bounded by connections, and for prefork by workers', () => {
    expect(throughput('io', 'event-loop')).toBeCloseTo(64 / 0.0502, 6);
    expect(throughput('io', 'prefork')).toBeCloseTo(5 / 0.0507, 6);
  });

  test('of cpu are bounded by the cores that a model can use', () => {
    expect(throughput('cpu', 'event-loop')).toBeCloseTo(1 / 0.00155, 6);
    expect(throughput('cpu', 'pool')).toBeCloseTo(2 / 0.00155, 6);
  });

  test('count the cores that the server was pinned to', () => {
    const document = golden('full');
    document.plan.cpuLayout = { mode: 'isolated', serverCpus: [0], clientCpus: [1] };
    expect(throughput('cpu', 'pool', document)).toBeCloseTo(1 / 0.00155, 6);
  });

  test('give no response time beyond the capacity', () => {
    const loop = predicted(golden('full'), 'cpu').get('event-loop');
    expect(loop?.meanResponseMs(1)).toBeCloseTo(1.55, 1);
    expect(loop?.meanResponseMs(700)).toBeNull();
  });

  test('are not made where the pilots have no cost of a request', () => {
    expect(predicted({ ...golden('full'), pilots: [] }, 'cpu').size).toBe(0);
  });

  test('are not made for a server whose concurrency model is unknown', () => {
    const document = golden('full');
    for (const server of document.plan.servers) if (server.name === 'pool') server.kind = 'custom';
    expect([...predicted(document, 'cpu').keys()]).toEqual(['event-loop', 'prefork']);
  });
});
