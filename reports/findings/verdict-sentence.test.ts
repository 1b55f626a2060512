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
    blocksDisturbed: 0,
    pValue: 1e-6,
    adjustedP: 1e-5,
    withinMargin: false,
  };
  const slightly = { ...faster, ratio: 1.052, low: 1.0413, high: 1.0628 };

  test('is described by a factor when it is large, to the digits that the interval supports', () => {
    expect(sentence(faster)).toBe('The pool serves 1.92× as many requests as prefork (1.88–1.97).');
    expect(sentence({ ...faster, ratio: 19.23, low: 12.1, high: 30.7 })).toBe(
      'The pool serves 19× as many requests as prefork (12–31).',
    );
  });

  test('is described in per cent when it is small', () => {
    expect(sentence(slightly)).toBe(
      'The pool serves 5.2 % more requests than prefork (4.1–6.3 %).',
    );
    expect(sentence({ ...slightly, low: 1.0502, high: 1.0538 })).toBe(
      'The pool serves 5.2 % more requests than prefork (5.0–5.4 %).',
    );
  });

  test('has no interval end that is rounded to no difference', () => {
    expect(sentence({ ...slightly, low: 1.0004, high: 1.1 })).toBe(
      'The pool serves 5.2 % more requests than prefork (0.04–10 %).',
    );
  });

  test('has the shorter times, and the sentence names the server with the longer ones', () => {
    expect(sentence(faster, lightP99)).toBe(
      'The p99 response time of light requests is 1.92× as long on prefork as on the pool (1.88–1.97).',
    );
    expect(sentence(slightly, { ...lightP99, className: null })).toBe(
      'The p99 response time is 5.2 % longer on prefork than on the pool (4.1–6.3 %).',
    );
  });

  test('has the shorter median, where there is no p99', () => {
    expect(sentence(slightly, { ...lightP99, percentile: 'p50' })).toBe(
      'The median response time of light requests is 5.2 % longer on prefork than on the pool (4.1–6.3 %).',
    );
  });

  test('says how few blocks it rests on, where others gave no result or were disturbed', () => {
    expect(sentence({ ...faster, blocks: 4 })).toBe(
      'The pool serves 1.92× as many requests as prefork (1.88–1.97), from 4 of 6 blocks.',
    );
    expect(sentence({ ...faster, blocks: 4, blocksDisturbed: 1 })).toContain(
      'from 4 of 6 blocks (1 disturbed).',
    );
  });

  test('by less than the margin does not matter', () => {
    const hardly = { ...faster, ratio: 1.01, low: 1.005, high: 1.015, withinMargin: true };
    expect(sentence(hardly)).toBe(
      'The pool serves 1.00 % more requests than prefork (0.50–1.50 %); the difference is too small to matter.',
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
    blocksDisturbed: 0,
  };
  expect(sentence(verdict)).toBe('The pool and prefork are equivalent in throughput, within 3 %.');
  expect(sentence(verdict, lightP99)).toContain('in p99 response time of light requests, within');
});

describe('servers without a significant difference', () => {
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

  test('have a range of ratios, and a number of blocks that would be needed', () => {
    expect(sentence(indistinguishable)).toBe(
      'No significant difference in throughput between the pool and prefork after 5 blocks (ratio 0.96–1.08); about 14 blocks would be needed.',
    );
    expect(sentence({ ...indistinguishable, low: 0.00123, high: 1794.42 })).toContain(
      '(ratio could be anything);',
    );
    expect(sentence({ ...indistinguishable, blocksNeeded: null })).toContain(
      'more than 1,000 blocks would be needed.',
    );
  });

  test('may differ, but for the number of comparisons', () => {
    expect(sentence({ ...indistinguishable, cause: 'many-comparisons', low: 1.004 })).toBe(
      'The pool probably serves 2.4 % more requests than prefork (0.4–8.3 %), but 5 blocks are too few to be sure; about 14 blocks would be needed.',
    );
  });

  test.each([
    ['same-server', 'in this run, the same server measured twice differed by 1.5 %.'],
    ['plan', 'so short a run detects only differences above 1.5 %.'],
    ['resolution', 'so few requests resolve only differences above 1.5 %.'],
  ] as const)('may differ by less than the floor: %s', (source, words) => {
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
    'The pool and prefork were not compared in throughput: prefork was not measured.',
  );
});

test('a server that failed in every block has no ratio, but a sentence', () => {
  const verdict = {
    kind: 'one-failed',
    ahead: 'pool',
    behind: 'prefork',
    blocks: 5,
    value: 58.2,
    failure: 'was overloaded',
    pValue: 0.002,
    adjustedP: 0.01,
  } as const;
  expect(sentence(verdict)).toBe(
    'The pool serves 58.2 requests/s; prefork was overloaded in each of 5 blocks.',
  );
  expect(sentence(verdict, lightP99)).toBe(
    'The pool has a p99 response time of light requests of 58 ms; prefork was overloaded in each of 5 blocks.',
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
  expect(verdictSentence(comparison)).toMatch(/^The pool and prefork were/);
});

test('a server’s own name is never changed', () => {
  const verdict = { kind: 'not-measured', reason: 'so' } as const;
  const first = 'http://127.0.0.1:1/';
  const comparison = { workload: 'cpu', metric: throughput, first, second: 'pool', verdict };
  expect(verdictSentence(comparison)).toMatch(/^http:\/\/127\.0\.0\.1:1\/ and the pool were/);
});

test('a ratio is of the named server’s value over the other’s, as in the table', () => {
  const floor: Floor = { share: 0, source: 'plan' };
  const undecided = { kind: 'indistinguishable', cause: 'noise', blocks: 5, floor } as const;
  const verdict = { ...undecided, ratio: 0.5, low: 0.25, high: 2, blocksNeeded: 9 };
  const comparison = { workload: 'cpu', metric: throughput, first: 'pool', second: 'prefork' };
  const about = (subject: string) => verdictSentence({ ...comparison, verdict }, subject);
  expect(about('pool')).toContain('between the pool and prefork after 5 blocks (ratio 0.25–2.00)');
  expect(about('prefork')).toContain(
    'between prefork and the pool after 5 blocks (ratio 0.50–4.00)',
  );
});
