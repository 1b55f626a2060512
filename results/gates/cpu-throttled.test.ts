import { expect, test } from '@jest/globals';
import { closed } from '../../test/raised-warnings.ts';

test('warns of a CPU quota that was used up in at least one of fifty periods', () => {
  const throttled = (throttledPeriods: number, periods = 50) =>
    closed({ throttling: { periods, throttledPeriods, throttledSeconds: 0.5 } });
  expect(throttled(1)).toEqual(['warn cpu-throttled']);
  expect(throttled(1, 51)).toEqual([]);
  expect(throttled(0, 0)).toEqual([]);
  expect(closed({ throttling: null })).toEqual([]);
});
