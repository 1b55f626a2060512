import { expect, test } from '@jest/globals';
import { TimeLimit } from './time-limit.ts';

/** A run with a clock that steps move. */
function limitOf(budgetSeconds: number | null) {
  let elapsedSeconds = 0;
  let patientSeconds = 0;
  const limit = new TimeLimit(
    budgetSeconds,
    () => elapsedSeconds,
    () => patientSeconds,
  );
  const take = (kind: string, seconds: number, patient = 0) =>
    limit.time(kind, async () => {
      elapsedSeconds += seconds + patient;
      patientSeconds += patient;
    });
  return { limit, take };
}

test('a step begins if one as long as the last of its kind ends in time', async () => {
  const { limit, take } = limitOf(10);
  expect(limit.allows('launch', 'io')).toBe(true);
  await take('launch', 1);
  await take('io', 4);
  expect(limit.allows('io')).toBe(true);
  expect(limit.allows('launch', 'io')).toBe(true);
  await take('cpu', 1);
  expect(limit.allows('io')).toBe(true);
  expect(limit.allows('launch', 'io')).toBe(false);
});

test('waits and repeats take time, but are not expected again', async () => {
  const { limit, take } = limitOf(10);
  await take('io', 2, 5);
  expect(limit.allows('io')).toBe(true);
  await take('io', 2);
  expect(limit.allows('io')).toBe(false);
});

test('without a time budget everything is allowed', async () => {
  const { limit, take } = limitOf(null);
  await take('io', 1000);
  expect(limit.allows('io')).toBe(true);
});

test('a step may have to leave time for what is planned after it', async () => {
  const { limit, take } = limitOf(10);
  await take('io', 3);
  expect(limit.leaves(4, 'io')).toBe(true);
  expect(limit.leaves(5, 'io')).toBe(false);
});
