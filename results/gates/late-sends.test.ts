import { describe, expect, test } from '@jest/globals';
import { open } from '../../test/raised-warnings.ts';
import { sampleOpenLoop, sampleTimes } from '../../test/sample-document.ts';

describe('the load generator', () => {
  test('voids an open loop that sends late', () => {
    const late = (p99Ms: number | null) => ({ sendLag: { ...sampleTimes(3000, 0.1), p99Ms } });
    expect(open(late(2))).toEqual([]);
    expect(open(late(2.1))).toEqual(['void late-sends']);
    expect(open(late(null))).toEqual(['void late-sends']);
    const slow = { responseTime: sampleTimes(3000, 100) };
    expect(open({ ...late(9), ...slow })).toEqual([]);
    expect(open({ ...late(11), ...slow })).toEqual(['void late-sends']);

    // Of 300 requests p95 is reported, which the three that lie beyond p99 do not change.
    const few = (p95Ms: number) => ({ sendLag: { ...sampleTimes(300, 0.1), p95Ms, p99Ms: 9 } });
    expect(open(few(0.4))).toEqual([]);
    expect(open(few(2.1))).toEqual(['void late-sends']);

    const { requests, throughputPerSecond, serviceTime } = sampleOpenLoop();
    const ofClass = (name: string, count: number, ms: number) => ({
      name,
      requests,
      throughputPerSecond,
      serviceTime,
      responseTime: sampleTimes(count, ms),
    });
    const classes = [ofClass('light', 2700, 20), ofClass('heavy', 300, 300)];
    // 5 % of light's p95, which is what 2,700 requests are reported by: 1.7 ms.
    expect(open({ ...late(9), ...slow, classes })).toEqual(['void late-sends']);
    // 5 % of light's p99 of 100 ms.
    const slower = [ofClass('light', 3000, 50), ofClass('heavy', 300, 300)];
    expect(open({ ...late(4.9), ...slow, classes: slower })).toEqual([]);
    expect(open({ ...late(5.1), ...slow, classes: slower })).toEqual(['void late-sends']);
  });

  test('warns of an open loop that ran out of connections', () => {
    expect(open({ connectionLimit: 500, waitedForConnection: 0 })).toEqual([]);
    expect(open({ connectionLimit: 500, waitedForConnection: 1 })).toEqual([
      'warn connection-limit',
    ]);
  });
});
