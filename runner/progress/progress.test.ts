import { expect, test } from '@jest/globals';
import { sampleDocument } from '../../test/sample-document.ts';
import { chooseProgress } from './progress.ts';

test('a terminal that has no size gets plain lines', () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const emit = chooseProgress({ isTTY: true, rows: 0, columns: 0, write } as never);
  emit({
    type: 'run-started',
    document: sampleDocument({}, []),
    plannedSeconds: 18,
    budgetSeconds: null,
  });
  emit({ type: 'run-ended' });
  expect(written.join('')).toMatch(/^pool, prefork × cpu: 1 block, .*\n$/);
});
