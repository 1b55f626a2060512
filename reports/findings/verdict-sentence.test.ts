import { describe, expect, test } from '@jest/globals';
import type { Metric } from '../../results/verdicts/metric.ts';
import type { Faster, Floor, Indistinguishable, Verdict } from '../../results/verdicts/verdict.ts';
import { verdictSentence } from './verdict-sentence.ts';

const throughput = { kind: 'throughput' } as const;
const lightP99 = { kind: 'response-time', percentile: 'p99', className: 'light' } as const;
const sentence = (verdict: Verdict, metric: Metric = throughput) =>
  verdictSentence({ workload: 'cpu', metric, first: 'pool', second: 'prefork', verdict });

describe('a faster server', () => {
  const faster: Faster = {
    kind: 'faster',
    ahead: 'pool',
    behind: 'prefork',
    ratio: 1.9234,
    low: 1.8812,
    high: 1.9667,
    blocks: 6,
    blocksTried: 6,
    pValue: 1e-6,
    adjustedP: 1e-5,
    withinMargin: false,
  };
  const slightly = { ...faster, ratio: 1.052, low: 1.0413, high: 1.0628 };

  test('is told by the factor when it is large, to the digits that the interval supports', () => {
    expect(sentence(faster)).toBe('pool serves 1.92× what prefork does (1.88–1.97).');
    expect(sentence({ ...faster, ratio: 19.23, low: 12.1, high: 30.7 })).toBe(
      'pool serves 19× what prefork does (12–31).',
    );
  });

  test('is told by the per cent when it is small', () => {
    expect(sentence(slightly)).toBe('pool serves 5.2 % more than prefork (4.1–6.3 %).');
    expect(sentence({ ...slightly, low: 1.0502, high: 1.0538 })).toBe(
      'pool serves 5.2 % more than prefork (5.0–5.4 %).',
    );
  });

  test('has no interval that seems to hold nothing', () => {
    expect(sentence({ ...slightly, low: 1.0004, high: 1.1 })).toBe(
      'pool serves 5.2 % more than prefork (0.04–10 %).',
    );
  });

  test('has the shorter times, and the sentence names whose are longer', () => {
    expect(sentence(faster, lightP99)).toBe(
      'The p99 response time of light requests is 1.92× as long on prefork as on pool (1.88–1.97).',
    );
    expect(sentence(slightly, { ...lightP99, className: null })).toBe(
      'The p99 response time is 5.2 % longer on prefork than on pool (4.1–6.3 %).',
    );
  });

  test('has the shorter median, where there is no p99', () => {
    expect(sentence(slightly, { ...lightP99, percentile: 'p50' })).toBe(
      'The median response time of light requests is 5.2 % longer on prefork than on pool (4.1–6.3 %).',
    );
  });

  test('says on how few blocks it rests, where others gave no numbers', () => {
    expect(sentence({ ...faster, blocks: 4 })).toBe(
      'pool serves 1.92× what prefork does (1.88–1.97), by the 4 of 6 blocks that have both.',
    );
  });

  test('by less than the margin does not matter', () => {
    const hardly = { ...faster, ratio: 1.01, low: 1.005, high: 1.015, withinMargin: true };
    expect(sentence(hardly)).toBe(
      'pool serves 1.00 % more than prefork (0.50–1.50 %), which is too little to matter.',
    );
  });
});

test('equivalent servers differ by less than the margin', () => {
  const verdict: Verdict = {
    kind: 'equivalent',
    ratio: 1,
    low: 0.99,
    high: 1.01,
    margin: 0.03,
    blocks: 6,
    blocksTried: 6,
  };
  expect(sentence(verdict)).toBe(
    'pool and prefork are equivalent in throughput: they differ by less than 3 %.',
  );
  expect(sentence(verdict, lightP99)).toContain('in p99 response time of light requests:');
});

describe('servers that cannot be told apart', () => {
  const floor: Floor = { share: 0.015, source: 'same-server' };
  const indistinguishable: Indistinguishable = {
    kind: 'indistinguishable',
    ratio: 1.024,
    low: 0.962,
    high: 1.083,
    blocks: 5,
    cause: 'noise',
    floor,
    blocksNeeded: 14,
  };

  test('have a range of ratios, and a number of blocks that would tell', () => {
    expect(sentence(indistinguishable)).toBe(
      'pool and prefork cannot be told apart in throughput: after 5 blocks the ratio may be 0.96–1.08; about 14 blocks would tell.',
    );
    expect(sentence({ ...indistinguishable, low: 0.00123, high: 1794.42 })).toContain(
      '0.0012–1,800;',
    );
    expect(sentence({ ...indistinguishable, blocksNeeded: null })).toContain(
      'more than 1000 blocks would be needed to tell.',
    );
  });

  test('may owe it to the number of comparisons', () => {
    expect(sentence({ ...indistinguishable, cause: 'many-comparisons', low: 1.004 })).toBe(
      'pool and prefork likely differ in throughput, by a ratio of 1.02 (1.00–1.08), but 5 blocks cannot rule out chance among so many comparisons; about 14 blocks would tell.',
    );
  });

  test.each([
    ['same-server', 'is no more than servers differ from themselves in this run (1.5 %).'],
    ['plan', 'is within the 1.5 % that so short a run cannot answer for.'],
    ['resolution', 'is within the 1.5 % that so few requests resolve.'],
  ] as const)('may owe it to the floor: %s', (source, words) => {
    const verdict = {
      ...indistinguishable,
      cause: 'below-floor',
      floor: { ...floor, source },
    } as const;
    expect(sentence(verdict)).toContain(words);
  });
});

test('servers that were not compared have a reason', () => {
  expect(sentence({ kind: 'not-measured', reason: 'prefork was not measured' })).toBe(
    'pool and prefork were not compared in throughput: prefork was not measured.',
  );
});

test('servers go by the names that the reader knows', () => {
  const comparison = {
    workload: 'cpu',
    metric: throughput,
    first: 'pool',
    second: 'prefork',
    verdict: { kind: 'not-measured', reason: 'so' },
  } as const;
  expect(verdictSentence(comparison, (name) => `the ${name}`)).toMatch(
    /^The pool and the prefork were/,
  );
});

test('a server’s own name is never changed', () => {
  const verdict = { kind: 'not-measured', reason: 'so' } as const;
  const first = 'http://127.0.0.1:1/';
  const comparison = { workload: 'cpu', metric: throughput, first, second: 'pool', verdict };
  expect(verdictSentence(comparison)).toMatch(/^http:\/\/127\.0\.0\.1:1\/ and pool were/);
});
