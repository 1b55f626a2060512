import { expect, test } from '@jest/globals';
import { Turns } from './turns.ts';

function newTurns() {
  const handedOver: string[] = [];
  const turns = new Turns<string, string>((connection, worker) =>
    handedOver.push(`${connection} to ${worker}`),
  );
  return { turns, handedOver };
}

test('a connection waits until a worker is idle', () => {
  const { turns, handedOver } = newTurns();
  turns.arrived('a');
  expect(handedOver).toEqual([]);
  turns.isIdle('1');
  expect(handedOver).toEqual(['a to 1']);
});

test('a worker gets its next connection only when it is idle again', () => {
  const { turns, handedOver } = newTurns();
  turns.isIdle('1');
  for (const connection of ['a', 'b', 'c']) turns.arrived(connection);
  expect(handedOver).toEqual(['a to 1']);
  turns.isIdle('1');
  expect(handedOver).toEqual(['a to 1', 'b to 1']);
});

test('connections go in the order of arrival, to the worker that has been idle longest', () => {
  const { turns, handedOver } = newTurns();
  for (const worker of ['1', '2']) turns.isIdle(worker);
  for (const connection of ['a', 'b', 'c', 'd']) turns.arrived(connection);
  for (const worker of ['2', '1']) turns.isIdle(worker);
  expect(handedOver).toEqual(['a to 1', 'b to 2', 'c to 2', 'd to 1']);
});

test('a worker that is gone gets nothing', () => {
  const { turns, handedOver } = newTurns();
  for (const worker of ['1', '2']) turns.isIdle(worker);
  turns.isGone('1');
  turns.arrived('a');
  expect(handedOver).toEqual(['a to 2']);
});

test('turns are over when nothing waits and no worker is busy, or the busy one is gone', () => {
  const { turns } = newTurns();
  expect(turns.areOver).toBe(true);
  turns.arrived('a');
  expect(turns.areOver).toBe(false);
  turns.isIdle('1');
  expect(turns.areOver).toBe(false);
  turns.isIdle('1');
  expect(turns.areOver).toBe(true);
  turns.arrived('b');
  expect(turns.areOver).toBe(false);
  turns.isGone('1');
  expect(turns.areOver).toBe(true);
});
