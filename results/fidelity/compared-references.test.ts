import { expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { compareServers } from '../verdicts/decide.ts';
import { pairsOf } from './compared-references.ts';

const pairs = (run: 'references' | 'full') => pairsOf(golden(run), compareServers(golden(run)));

test('every real system stands beside its model', () => {
  expect(pairs('references').map(({ model, original }) => [model.name, original.name])).toEqual([
    ['event-loop', 'express'],
    ['prefork', 'uwsgi-flask'],
    ['prefork', 'uwsgi-django'],
    ['pool', 'go-net-http'],
  ]);
  expect(pairs('full')).toEqual([]);
});

test('the ratio is the original’s throughput over the model’s', () => {
  const go = pairs('references').find(({ original }) => original.name === 'go-net-http');
  const cpu = go?.likenesses.find(({ workload }) => workload === 'cpu');
  expect(cpu?.ratio?.ratio).toBeCloseTo(2.1, 1);
  expect((cpu?.original?.median ?? 0) / (cpu?.model?.median ?? 1)).toBeCloseTo(2.1, 1);
});
