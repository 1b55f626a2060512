import { expect, test } from '@jest/globals';
import { ConnectionCounts } from './connection-counts.ts';

const take = (counts: ConnectionCounts, connections: number) =>
  Array.from({ length: connections }, () => counts.addToFewest());

test('connections that stay are spread evenly, in turn', () => {
  expect(take(ConnectionCounts.allocate(3), 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test('a new connection goes to the loop with the fewest, whichever was the last', () => {
  const counts = ConnectionCounts.allocate(3);
  take(counts, 6);
  counts.remove(1);
  counts.remove(1);
  counts.remove(2);
  expect(take(counts, 3)).toEqual([1, 2, 1]);
  expect([0, 1, 2].map((loop) => counts.of(loop))).toEqual([2, 2, 2]);
});

test('single connections, one after the other, take turns over the loops', () => {
  const counts = ConnectionCounts.allocate(2);
  const loops = Array.from({ length: 4 }, () => {
    const [loop = -1] = take(counts, 1);
    counts.remove(loop);
    return loop;
  });
  expect(loops).toEqual([0, 1, 0, 1]);
});

test('what another thread removes is seen here: both count in the same memory', () => {
  const counts = ConnectionCounts.allocate(2);
  take(counts, 2);
  new ConnectionCounts(counts.memory).remove(1);
  expect(take(counts, 1)).toEqual([1]);
});
