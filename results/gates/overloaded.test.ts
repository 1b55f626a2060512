import { describe, expect, test } from '@jest/globals';
import { intervalsOf, open } from '../../test/raised-warnings.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Measurement } from '../document/run-document.ts';
import { withWarnings } from './gates.ts';

describe('an open loop', () => {
  const growing = intervalsOf((_, index) => ({ sent: 60, inFlight: 2 + 10 * index }));
  const served = (perSecond: number) => ({
    capacityPerSecond: perSecond,
    servedPerSecond: perSecond,
  });
  const unknown = (perSecond: number | null) => ({
    capacityPerSecond: null,
    servedPerSecond: perSecond,
  });

  test('is overloaded when more is offered than the server handled', () => {
    expect(open({}, served(590))).toEqual(['void overloaded']);
    expect(open({}, served(610))).toEqual([]);
  });

  test('is overloaded at the proportional rate when its queue grows, whatever its capacity was before', () => {
    const own = { rate: 'proportional', intervals: growing } as const;
    expect(open(own, served(1000))).toEqual(['void overloaded']);
    expect(open({ ...own, rate: 'shared' }, served(1000))).toEqual([]);
  });

  test('is overloaded when its queue grows and capacity is near or unknown', () => {
    expect(open({ intervals: growing }, served(620))).toEqual(['void overloaded']);
    expect(open({ intervals: growing }, unknown(620))).toEqual(['void overloaded']);
    expect(open({ intervals: growing }, unknown(null))).toEqual(['void overloaded']);
  });

  test('far below what the server handled has other reasons to queue', () => {
    expect(open({ intervals: growing }, served(1000))).toEqual([]);
    expect(open({ intervals: growing }, unknown(1000))).toEqual([]);
  });

  test('may have bursts', () => {
    const intervals = intervalsOf((_, index) => ({ inFlight: index % 9 === 0 ? 80 : 2 }));
    expect(open({ intervals }, served(620))).toEqual([]);
  });

  test('may end in a burst, unless it is near its capacity', () => {
    const intervals = intervalsOf((_, index) => ({ inFlight: index < 44 ? 2 : 2000 }));
    expect(open({ intervals, rate: 'proportional' })).toEqual([]);
    expect(open({ intervals }, unknown(620))).toEqual([]);
    expect(open({ intervals }, served(620))).toEqual(['void overloaded']);
  });
});

describe('a closed loop that its connections limit', () => {
  const io = {
    ...sampleWorkload('io'),
    classes: [{ name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 }],
  };
  const codesAt = (throughputPerSecond: number, change: Partial<Measurement> = {}) => {
    const trial = sampleTrial({ server: 'pool', workload: 'io' }, [
      sampleClosedLoop({ throughputPerSecond }),
      sampleOpenLoop({ offeredPerSecond: 2000, ...change }),
    ]);
    const [, second] = withWarnings(trial, sampleDocument({ workloads: [io] }, [])).measurements;
    return second?.warnings.map(({ code }) => code);
  };
  const growing = intervalsOf((_, index) => ({ sent: 200, inFlight: 100 + 30 * index }));

  test('does not limit what an open loop may offer', () => {
    // 64 connections that wait 50 ms each cannot ask for more than 1,280 requests/s.
    expect(codesAt(1250)).toEqual([]);
    expect(codesAt(1000)).toEqual(['overloaded']);
  });

  test('may have been limited by other programs just as well', () => {
    const disturbed = (busyCpuSeconds: number) => {
      const host = { busyCpuSeconds, stealSeconds: 0 };
      const trial = sampleTrial({ server: 'pool' }, [
        sampleClosedLoop({ throughputPerSecond: 300, host }),
        sampleOpenLoop(),
      ]);
      const [, second] = withWarnings(trial, sampleDocument({}, [])).measurements;
      return second?.warnings.map(({ code }) => code);
    };
    expect(disturbed(5.6)).toEqual(['overloaded']);
    expect(disturbed(9)).toEqual([]);
  });

  test('leaves the growth of the queue to show an overload', () => {
    expect(codesAt(1250, { intervals: growing })).toEqual(['overloaded']);
  });
});
