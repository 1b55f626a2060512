import { expect, test } from '@jest/globals';
import { readRunDocument } from './read-run-document.ts';

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
