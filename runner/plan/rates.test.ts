import { describe, expect, test } from '@jest/globals';
import { ratesOf, sharedRate } from './rates.ts';

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

describe('the rate common to all servers', () => {
  test('follows from the slowest that served anything', () => {
    expect(sharedRate('cpu', pilots, null)).toBe(60);
  });

  test('is what the user chose', () => {
    expect(sharedRate('cpu', pilots, 250)).toBe(250);
  });

  test('is none where no server served anything', () => {
    expect(sharedRate('cpu', [pilot('broken', 0)], 250)).toBeNull();
  });
});

describe('the rates of a trial', () => {
  test('are the common one, and one from what the server served in it', () => {
    expect(ratesOf(['shared', 'proportional'], 60, 1000)).toEqual([
      { kind: 'shared', perSecond: 60 },
      { kind: 'proportional', perSecond: 700 },
    ]);
  });

  test('are those asked for alone', () => {
    expect(ratesOf(['shared'], 60, 1000)).toEqual([{ kind: 'shared', perSecond: 60 }]);
    expect(ratesOf([], 60, 1000)).toEqual([]);
  });

  test('are none for a server that served nothing', () => {
    expect(ratesOf(['shared', 'proportional'], 60, 0)).toEqual([]);
  });
});
