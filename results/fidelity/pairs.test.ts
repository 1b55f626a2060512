import { expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { sampleDocument, sampleServer, sampleWorkload } from '../../test/sample-document.ts';
import { compareServers } from '../verdicts/decide.ts';
import type { Comparison } from '../verdicts/verdict.ts';
import { comparedReferences, rankAgreements } from './pairs.ts';

const document = sampleDocument({ workloads: [sampleWorkload('cpu')] }, []);
document.plan.servers = [
  sampleServer('event-loop'),
  sampleServer('pool'),
  { ...sampleServer('express'), kind: 'reference', modelledBy: 'event-loop' },
  { ...sampleServer('go-net-http'), kind: 'reference', modelledBy: 'pool' },
];

const about = { workload: 'cpu', metric: { kind: 'throughput' } } as const;
const interval = { ratio: 2, low: 1.9, high: 2.1, blocks: 6, blocksTried: 6, blocksDisturbed: 0 };

const faster = (ahead: string, behind: string): Comparison => ({
  ...about,
  first: behind,
  second: ahead,
  verdict: {
    kind: 'faster',
    ahead,
    behind,
    ...interval,
    pValue: 0,
    adjustedP: 0,
    withinMargin: false,
  },
});

const equivalent = (first: string, second: string): Comparison => ({
  ...about,
  first,
  second,
  verdict: { kind: 'equivalent', margin: 0.03, ...interval },
});

const rank = (...comparisons: Comparison[]) => rankAgreements(document, comparisons);

test('references that rank like their models agree with them', () => {
  const same = { workload: 'cpu', compared: 1, agreeing: 1, reversed: [] };
  expect(rank(faster('pool', 'event-loop'), faster('go-net-http', 'express'))).toEqual([same]);
  expect(rank(equivalent('pool', 'event-loop'), equivalent('express', 'go-net-http'))).toEqual([
    same,
  ]);
});

test('references that rank in the opposite order are named with their models', () => {
  const [ranking] = rank(faster('pool', 'event-loop'), faster('express', 'go-net-http'));
  expect(ranking?.agreeing).toBe(0);
  expect(ranking?.reversed).toEqual([
    [
      { model: 'event-loop', reference: 'express' },
      { model: 'pool', reference: 'go-net-http' },
    ],
  ]);
});

test('a difference that only one side shows is neither agreement nor reversal', () => {
  const [ranking] = rank(faster('pool', 'event-loop'), equivalent('go-net-http', 'express'));
  expect(ranking).toEqual({ workload: 'cpu', compared: 1, agreeing: 0, reversed: [] });
});

test('what was not compared is not ranked', () => {
  expect(rank(faster('pool', 'event-loop'))).toEqual([]);
});

const pairs = (run: 'references' | 'full') =>
  comparedReferences(golden(run), compareServers(golden(run)));

test('each reference is compared with its model', () => {
  expect(pairs('references').map(({ model, reference }) => [model.name, reference.name])).toEqual([
    ['event-loop', 'express'],
    ['prefork', 'uwsgi-flask'],
    ['prefork', 'uwsgi-django'],
    ['pool', 'go-net-http'],
  ]);
  expect(pairs('full')).toEqual([]);
});

test('the ratio is the reference’s throughput over the model’s', () => {
  const go = pairs('references').find(({ reference }) => reference.name === 'go-net-http');
  const cpu = go?.workloads.find(({ workload }) => workload === 'cpu');
  expect(cpu?.ratio?.ratio).toBeCloseTo(2.1, 1);
  expect((cpu?.reference?.median ?? 0) / (cpu?.model?.median ?? 1)).toBeCloseTo(2.1, 1);
});
