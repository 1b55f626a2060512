import { expect, test } from '@jest/globals';
import { FairQueue, Flow } from './fair-queue.ts';

function drain(queue: FairQueue<string>): string[] {
  const items: string[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) items.push(item);
  return items;
}

test('flows of one item each are served in the order they came', () => {
  const queue = new FairQueue<string>(2);
  for (const name of ['a', 'b', 'c']) queue.push(new Flow(), name);
  expect(drain(queue)).toEqual(['a', 'b', 'c']);
});

test('flows of many items take turns, each in its own order', () => {
  const queue = new FairQueue<string>(9);
  const [a, b] = [new Flow<string>(), new Flow<string>()];
  for (const item of ['a1', 'a2', 'a3']) queue.push(a, item);
  for (const item of ['b1', 'b2']) queue.push(b, item);
  expect(drain(queue)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('a flow gets no more than its share until one of its items is finished', () => {
  const queue = new FairQueue<string>(2);
  const flow = new Flow<string>();
  for (const item of ['1', '2', '3', '4']) queue.push(flow, item);
  expect(drain(queue)).toEqual(['1', '2']);
  queue.finish(flow);
  expect(drain(queue)).toEqual(['3']);
  queue.finish(flow);
  queue.finish(flow);
  expect(drain(queue)).toEqual(['4']);
});

test('one that comes late goes before the rest of a flow that has had its share', () => {
  const queue = new FairQueue<string>(1);
  const large = new Flow<string>();
  for (const item of ['1', '2', '3']) queue.push(large, item);
  expect(drain(queue)).toEqual(['1']);
  queue.push(new Flow(), 'late');
  queue.finish(large);
  expect(drain(queue)).toEqual(['late', '2']);
});

test('a cleared flow gives back what has not begun, and nothing of it comes afterwards', () => {
  const queue = new FairQueue<string>(1);
  const flow = new Flow<string>();
  for (const item of ['1', '2', '3']) queue.push(flow, item);
  expect(queue.shift()).toBe('1');
  expect(queue.clear(flow)).toEqual(['2', '3']);
  queue.finish(flow);
  expect(queue.shift()).toBeUndefined();
});
