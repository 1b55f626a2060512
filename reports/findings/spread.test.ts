import { expect, test } from '@jest/globals';
import { spreadText } from './spread.ts';

test('a spread is written with its range only where there are blocks to give one', () => {
  const one = { median: 5, low: 5, high: 5, blocks: 1 };
  const three = { median: 1214, low: 1205, high: 1222, blocks: 3 };
  expect([null, one, three].map(spreadText)).toEqual(['–', '5', '1,214 (1,205–1,222)']);
});
