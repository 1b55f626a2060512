import { describe, expect, test } from '@jest/globals';
import { closed, counts } from '../../test/raised-warnings.ts';
import { sampleClosedLoop, sampleTimes } from '../../test/sample-document.ts';

describe('a connection that is dropped and retried', () => {
  const kernelWith = (counter: 'listenOverflows' | 'listenDrops' | 'synRetransmits') => ({
    kernel: { ...sampleClosedLoop().kernel, [counter]: 1 },
  });
  const slow = { serviceTime: { ...sampleTimes(5000, 64), maxMs: 1001 } };

  test.each(['listenOverflows', 'listenDrops', 'synRetransmits'] as const)(
    'is part of response times where a request took as long: %s',
    (counter) => {
      expect(closed({ ...kernelWith(counter), ...slow })).toEqual(['warn accept-queue']);
      const failed = { requests: { ...counts, ok: counts.ok - 1, timeouts: 1 } };
      expect(closed({ ...kernelWith(counter), ...failed })).toEqual([
        'warn accept-queue',
        'warn failed-requests',
      ]);
    },
  );

  test('was none of these requests where all were quicker', () => {
    expect(closed(kernelWith('listenOverflows'))).toEqual([]);
    expect(closed(slow)).toEqual([]);
  });

  test('explains why fewer requests were in flight', () => {
    const change = { ...slow, connections: 90 };
    expect(closed(change)).toEqual(['void littles-law']);
    expect(closed({ ...change, ...kernelWith('listenOverflows') })).toEqual(['warn accept-queue']);
  });
});
