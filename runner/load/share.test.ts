import { expect, test } from '@jest/globals';
import { countInShare, isInShare, type Share, splitShare, whole } from './share.ts';

const positions = Array.from({ length: 23 }, (_, position) => position);
const positionsIn = (share: Share) => positions.filter((position) => isInShare(position, share));

test('the parts of a share have each of its positions once', () => {
  const machines = splitShare(whole, 3);
  const processes = machines.flatMap((share) => splitShare(share, 2));
  expect(processes).toHaveLength(6);
  for (const parts of [machines, processes]) {
    expect(parts.flatMap(positionsIn).toSorted((a, b) => a - b)).toEqual(positions);
  }
  const [first = whole] = machines;
  expect(
    splitShare(first, 2)
      .flatMap(positionsIn)
      .toSorted((a, b) => a - b),
  ).toEqual(positionsIn(first));
});

test('a share knows how many positions it has', () => {
  for (const share of splitShare(whole, 6)) {
    for (const total of [0, 1, 5, 6, 7, 23]) {
      const own = positionsIn(share).filter((position) => position < total);
      expect(countInShare(total, share)).toBe(own.length);
    }
  }
});
