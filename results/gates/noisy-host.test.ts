import { describe, expect, test } from '@jest/globals';
import { closed, counts } from '../../test/raised-warnings.ts';
import { sampleClosedLoop } from '../../test/sample-document.ts';
import { disturbanceOf } from './noisy-host.ts';

describe('a window in which other programs ran', () => {
  const busy = (busyCpuSeconds: number) => ({ host: { busyCpuSeconds, stealSeconds: 0 } });

  test('is noisy with more than 0.15 of a core beyond what the measurement itself explains', () => {
    expect(closed(busy(6.5))).toEqual([]);
    expect(closed(busy(6.6))).toEqual(['warn noisy-neighbour']);
    expect(closed(busy(8), { cpusOnline: 64 })).toEqual([]);
  });

  test('is not explained by a load generator on another machine', () => {
    expect(closed(busy(6.5), { isClientApart: true })).toEqual(['warn noisy-neighbour']);
  });

  test('is noisy when the hypervisor gives CPU time to other virtual machines', () => {
    expect(closed({ host: { busyCpuSeconds: 5.6, stealSeconds: 0.11 } })).toEqual([
      'warn cpu-stolen',
    ]);
  });

  test('counts as disturbed by what the host shows, whatever the server did', () => {
    const failed = { requests: { ...counts, ok: 0, errors: counts.sent }, throughputPerSecond: 0 };
    const machine = { cpusOnline: 2 };
    expect(disturbanceOf(sampleClosedLoop(failed), machine)).toBeNull();
    expect(disturbanceOf(sampleClosedLoop({ ...failed, ...busy(6.6) }), machine)).not.toBeNull();
    const stolen = { host: { busyCpuSeconds: 5.6, stealSeconds: 0.11 } };
    expect(disturbanceOf(sampleClosedLoop({ ...failed, ...stolen }), machine)).not.toBeNull();
    const unknown = { host: { busyCpuSeconds: null, stealSeconds: null } };
    expect(disturbanceOf(sampleClosedLoop(unknown), machine)).toBeNull();
  });
});
