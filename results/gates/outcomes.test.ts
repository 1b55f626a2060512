import { describe, expect, test } from '@jest/globals';
import { closed, counts, messageOf } from '../../test/raised-warnings.ts';
import { sampleClosedLoop } from '../../test/sample-document.ts';

describe('requests', () => {
  test('without an outcome void a measurement, in a class of them too', () => {
    expect(closed({ requests: { ...counts, sent: counts.sent + 1 } })).toEqual(['void accounting']);
    const { throughputPerSecond, serviceTime, responseTime } = sampleClosedLoop();
    const requests = { ...counts, ok: counts.ok - 1 };
    const part = { name: 'cpu', requests, throughputPerSecond, serviceTime, responseTime };
    expect(closed({ classes: [part] })).toEqual(['void accounting']);
  });

  test('with wrong bodies void it', () => {
    expect(closed({ requests: { ...counts, mismatched: 1 } })).toEqual(['void wrong-bodies']);
  });

  test('without a good answer raise a warning with the most common reasons', () => {
    const change = {
      requests: { ...counts, ok: counts.ok - 5, timeouts: 4, errors: 1 },
      failures: { ECONNRESET: 1, 'not answered in time': 4 },
    };
    expect(closed(change)).toEqual(['warn failed-requests']);
    expect(messageOf(change)).toContain(
      '5 of 5,000 requests (0.1 %) failed (4 × not answered in time, 1 × ECONNRESET)',
    );
  });
});
