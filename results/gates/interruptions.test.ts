import { describe, expect, test } from '@jest/globals';
import { closed, intervalsOf, open, resources } from '../../test/raised-warnings.ts';
import { sampleTimes } from '../../test/sample-document.ts';

describe('a server', () => {
  const silent = (bins: number) =>
    intervalsOf((_, index) => (index >= 20 && index < 20 + bins ? { completed: 0 } : {}));

  test('that is silent for half a second with requests in flight has stalled', () => {
    expect(open({ intervals: silent(4) })).toEqual([]);
    expect(open({ intervals: silent(5) })).toEqual(['warn stalled']);
    const idle = silent(8).map((interval) => ({ ...interval, inFlight: 0 }));
    expect(open({ intervals: idle })).toEqual([]);
  });

  test('that always takes long has not', () => {
    expect(open({ intervals: silent(8), serviceTime: sampleTimes(3000, 200) })).toEqual([]);
  });

  test('whose processes end raises a warning', () => {
    expect(closed({ server: { ...resources, processesReplaced: 1 } })).toEqual([
      'warn workers-restarted',
    ]);
  });
});
