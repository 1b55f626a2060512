import { expect, test } from '@jest/globals';
import { sampleDocument } from '../../test/sample-document.ts';
import { chooseProgress } from './progress.ts';

const timing = {
  budgetSeconds: null,
  extraSeconds: 0,
  furtherWindows: ['shared'],
  curve: { loads: 3, loadsPerBlock: 2, parts: 3, firstBlock: 0 },
} as const;

test('a terminal that has no size gets plain lines', () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const emit = chooseProgress({ isTTY: true, rows: 0, columns: 0, write } as never);
  emit({
    type: 'run-started',
    document: sampleDocument({}, []),
    plannedSeconds: 18,
    timing,
  });
  emit({ type: 'run-ended' });
  expect(written.join('')).toMatch(
    /^pool, prefork × cpu: 64 .*\n1 block, about 18 s; windows of 5 s\n$/,
  );
});
