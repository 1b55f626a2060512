import { describe, expect, test } from '@jest/globals';
import { closed, counts, open } from '../../test/raised-warnings.ts';
import { sampleTimes, sampleWorkload } from '../../test/sample-document.ts';
import type { ClassMeasurement } from '../document/run-document.ts';

describe('work that is skipped', () => {
  const waiting = {
    ...sampleWorkload('io'),
    classes: [{ name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 }],
  };
  const answeredIn = (p50Ms: number): ClassMeasurement => ({
    name: 'io',
    requests: counts,
    throughputPerSecond: 1000,
    serviceTime: { ...sampleTimes(5000, 64), p50Ms },
    responseTime: null,
  });

  test('shows in answers that come before the wait that was requested', () => {
    expect(closed({ classes: [answeredIn(49)] }, { workload: waiting })).toEqual([]);
    expect(closed({ classes: [answeredIn(48)] }, { workload: waiting })).toEqual([
      'void wait-skipped',
    ]);
    expect(open({ classes: [answeredIn(10)] }, { workload: waiting })).toEqual([
      'void wait-skipped',
    ]);
  });

  test('shows in more requests than the connections can wait for', () => {
    const at = (throughputPerSecond: number) =>
      closed({ throughputPerSecond, classes: [answeredIn(50)] }, { workload: waiting });
    expect(at(1285)).toEqual([]);
    expect(at(1300)).toEqual(['void above-ceiling']);
  });

  test('does not show where a short window of a mix had more of the requests that do not wait', () => {
    const mix = { ...sampleWorkload('mixed', ['io', 'quick']) };
    const [io, quick] = mix.classes.map((one, index) => ({ ...one, waitMs: index === 0 ? 50 : 0 }));
    const workload = { ...mix, classes: io && quick ? [io, quick] : [] };
    const classesOf = (ofIo: number) =>
      [ofIo, counts.ok - ofIo].map((ok, index) => ({
        ...answeredIn(50),
        name: index === 0 ? 'io' : 'quick',
        requests: { ...counts, sent: ok, ok },
      }));
    const at = (ofIo: number) =>
      closed({ throughputPerSecond: 3000, classes: classesOf(ofIo) }, { workload });
    expect(at(counts.ok / 2)).toEqual(['void above-ceiling']);
    expect(at(counts.ok / 3)).toEqual([]);
  });

  test('counts no class of a mix whose single requests cost mostly the waking of the server', () => {
    const mix = sampleWorkload('mixed', ['light', 'heavy']);
    const pilotOf = (lightCpuSeconds: number) => ({
      server: 'pool',
      workload: 'mixed',
      capacityPerSecond: 1600,
      singleRequests: [
        { class: 'light', cpuSeconds: lightCpuSeconds, responseMs: 51, fastestMs: null },
        { class: 'heavy', cpuSeconds: 0.0024, responseMs: 2, fastestMs: null },
      ],
      connectionMemory: null,
      idle: null,
    });
    const at = (lightCpuSeconds: number) =>
      closed(
        { throughputPerSecond: 1700 },
        {
          workload: mix,
          pilot: pilotOf(lightCpuSeconds),
          openLoopCpuSeconds: 0.01,
          serverCores: 2,
        },
      );
    expect(at(0.0006)).toEqual([]);
    expect(at(0.0012)).toEqual(['void above-ceiling']);
  });

  test('shows in more requests than all cores can compute, by what a single one costs', () => {
    const pilotOf = (cpuSeconds: number, fastestMs = 1000 * cpuSeconds) => ({
      pilot: {
        server: 'pool',
        workload: 'cpu',
        capacityPerSecond: 1000,
        singleRequests: [{ class: 'cpu', cpuSeconds, responseMs: 2, fastestMs }],
        connectionMemory: null,
        idle: null,
      },
      openLoopCpuSeconds: 0.004,
    });
    expect(closed({}, pilotOf(0.002))).toEqual([]);
    expect(closed({}, pilotOf(0.004))).toEqual(['void above-ceiling']);
    // The machine was slow during all single requests but one.
    expect(closed({}, pilotOf(0.004, 2))).toEqual([]);
    // Too short to be known well.
    expect(closed({ throughputPerSecond: 4000 }, pilotOf(0.0009))).toEqual([]);
  });

  test('does not show in a pilot that the rest of the trial contradicts', () => {
    const pilot = {
      server: 'pool',
      workload: 'cpu',
      capacityPerSecond: 1000,
      singleRequests: [{ class: 'cpu', cpuSeconds: 0.13, responseMs: 132, fastestMs: 130 }],
      connectionMemory: null,
      idle: null,
    };
    expect(closed({}, { pilot, openLoopCpuSeconds: 0.13 })).toEqual(['void above-ceiling']);
    expect(closed({}, { pilot, openLoopCpuSeconds: 0.002 })).toEqual([]);
    expect(closed({}, { pilot, openLoopCpuSeconds: null })).toEqual([]);
  });
});
