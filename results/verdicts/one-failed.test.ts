import { describe, expect, test } from '@jest/globals';
import { failureEvidence } from './one-failed.ts';
import type { Reading } from './reading.ts';

const good = (value: number): Reading => ({ usable: true, value, requests: 100, disturbed: false });
const bad = (cause: 'server' | 'measuring' | 'absent'): Reading => ({
  usable: false,
  cause,
  reason: '',
  failure: 'was overloaded',
  disturbed: false,
});
const overload = { a: good(120), b: bad('server') };
const evidence = (...blocks: { a: Reading; b: Reading }[]) =>
  failureEvidence('pool', 'prefork', blocks);

describe('that one server fails and the other does not', () => {
  test('is shown by every block', () => {
    expect(evidence(overload, { ...overload, a: good(30) }, { ...overload, a: good(60) })).toEqual({
      ahead: 'pool',
      behind: 'prefork',
      blocks: 3,
      value: expect.closeTo(60),
      failure: 'was overloaded',
      evidence: 32,
    });
    const swapped = { a: overload.b, b: overload.a };
    expect(evidence(swapped, swapped)).toMatchObject({ ahead: 'prefork', behind: 'pool' });
  });

  test('is not shown where it happened in some blocks, to both or the other way round', () => {
    expect(evidence(overload, overload, { a: good(120), b: good(60) })).toBeNull();
    expect(evidence(overload, overload, { a: bad('server'), b: bad('server') })).toBeNull();
    expect(evidence(overload, overload, { a: overload.b, b: overload.a })).toBeNull();
    expect(evidence()).toBeNull();
  });

  test('is not shown by what the load generator or the machine spoiled', () => {
    const spoiled = { a: good(120), b: bad('measuring') };
    expect(evidence(spoiled, spoiled, spoiled)).toBeNull();
    expect(evidence(overload, spoiled, { a: bad('absent'), b: bad('server') })).toMatchObject({
      blocks: 1,
      evidence: 2,
    });
  });
});
