import { expect, test } from '@jest/globals';
import { formatColumn, ratioRange } from './numbers.ts';

const spread = (median: number, low = median, high = median) => ({ median, low, high, blocks: 3 });

test('the numbers of a column have the same decimals', () => {
  const rates = [spread(1180, 1150, 1210), spread(97, 96.8, 97.2), spread(1220, 1215, 1225), null];
  expect(formatColumn(rates)).toEqual(['1,180', '97', '1,220', '–']);
  const times = [spread(53.28, 53.1, 53.4), spread(65.5, 65, 66), spread(5.27, 5.2, 5.4)];
  expect(formatColumn(times)).toEqual(['53.3', '65.5', '5.3']);
  expect(formatColumn([])).toEqual([]);
});

test('an interval that is too wide shows no end but one that is next to 1', () => {
  expect(ratioRange({ ratio: 1.2, low: 0.9, high: 1.6 }, '×')).toBe('0.90–1.60×');
  expect(ratioRange({ ratio: 0.13, low: 1.1e-7, high: 140_000 })).toBe('could be anything');
  expect(ratioRange({ ratio: 38, low: 3.1, high: 470 })).toBe('> 3.1');
  expect(ratioRange({ ratio: 0.021, low: 0.00069, high: 0.62 }, '×')).toBe('< 0.62×');
});
