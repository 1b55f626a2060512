import { describe, expect, test } from '@jest/globals';
import { ratesFor } from './rates.ts';

const pilot = (server: string, capacityPerSecond: number, workload = 'cpu') => ({
  server,
  workload,
  capacityPerSecond,
  singleRequests: [],
  connectionMemory: null,
});
const pilots = [
  pilot('slow', 100),
  pilot('fast', 1000),
  pilot('broken', 0),
  pilot('slow', 5, 'io'),
];

describe('the rates of open loops', () => {
  test('are one for all from the slowest server, and one from its own capacity', () => {
    expect(ratesFor('fast', 'cpu', pilots, ['common', 'own'], null)).toEqual([
      { kind: 'common', perSecond: 60 },
      { kind: 'own', perSecond: 700 },
    ]);
  });

  test('follow the user for the common one', () => {
    expect(ratesFor('fast', 'cpu', pilots, ['common', 'own'], 250)).toEqual([
      { kind: 'common', perSecond: 250 },
      { kind: 'own', perSecond: 700 },
    ]);
  });

  test('are none for a server whose pilot failed, which does not slow the others down', () => {
    expect(ratesFor('broken', 'cpu', pilots, ['common', 'own'], null)).toEqual([]);
  });
});
