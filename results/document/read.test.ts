import { expect, test } from '@jest/globals';
import { sampleDocument } from '../../test/sample-document.ts';
import { readRunDocument } from './read.ts';

test.each([
  ['', 'not JSON'],
  ['{"schema": "concurrency-bench/run", "vers', 'not JSON'],
  ['[]', 'not a run document'],
  ['{"schema": "other", "version": 1}', 'not a run document'],
  ['{"schema": "concurrency-bench/run", "version": 999}', 'newer'],
  ['{"schema": "concurrency-bench/run", "version": 1, "status": "odd"}', 'damaged at status'],
])('%s is refused in words', (text, words) => {
  expect(() => readRunDocument(text)).toThrow(words);
});

test('a run without a fairness field is one with equal parameters', () => {
  const { fairness: _, ...plan } = sampleDocument({}, []).plan;
  const text = JSON.stringify({ ...sampleDocument({}, []), plan });
  expect(readRunDocument(text).plan.fairness).toBe('work');
});
