import { expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { UsageError } from '../errors.ts';
import { parseRunDocument } from './saved-run.ts';

test.each([
  ['not json', 'run.json cannot be used: it is not JSON'],
  ['{"schema":"concurrency-bench/run","version":999}', 'newer concurrency-bench'],
  ['{"schema":"concurrency-bench/run","version":1}', 'damaged at status'],
])('a run document that reads %s is refused', (text, words) => {
  const parse = () => parseRunDocument('run.json', text);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(words);
});

test('a run document that contradicts itself is refused with the contradiction', () => {
  const document = golden('single');
  for (const trial of document.trials) trial.server = 'x';
  expect(() => parseRunDocument('run.json', JSON.stringify(document))).toThrow(
    'run.json cannot be used: it contradicts itself: there is a comparison trial in block 1 of "x" under "cpu", which the plan does not have.',
  );
});
