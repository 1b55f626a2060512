import { expect, test } from '@jest/globals';
import { FairQueue, RequestTasks } from './request-tasks.ts';

const newRequest = () => new RequestTasks<string>();

function drain(queue: FairQueue<string>): string[] {
  const items: string[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) items.push(item);
  return items;
}

test('requests with one task each are served in the order of arrival', () => {
  const queue = new FairQueue<string>(2);
  for (const name of ['a', 'b', 'c']) queue.push(newRequest(), name);
  expect(drain(queue)).toEqual(['a', 'b', 'c']);
});

test('requests with many tasks take turns, each in its own order', () => {
  const queue = new FairQueue<string>(9);
  const [a, b] = [newRequest(), newRequest()];
  for (const item of ['a1', 'a2', 'a3']) queue.push(a, item);
  for (const item of ['b1', 'b2']) queue.push(b, item);
  expect(drain(queue)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('a request gets no more than its share until one of its tasks is finished', () => {
  const queue = new FairQueue<string>(2);
  const request = newRequest();
  for (const item of ['1', '2', '3', '4']) queue.push(request, item);
  expect(drain(queue)).toEqual(['1', '2']);
  queue.finish(request);
  expect(drain(queue)).toEqual(['3']);
  queue.finish(request);
  queue.finish(request);
  expect(drain(queue)).toEqual(['4']);
});

test('a late request goes before the rest of a request that has had its share', () => {
  const queue = new FairQueue<string>(1);
  const large = newRequest();
  for (const item of ['1', '2', '3']) queue.push(large, item);
  expect(drain(queue)).toEqual(['1']);
  queue.push(newRequest(), 'late');
  queue.finish(large);
  expect(drain(queue)).toEqual(['late', '2']);
});

test('a cleared request returns the tasks that have not begun, and gets no more turns', () => {
  const queue = new FairQueue<string>(1);
  const request = newRequest();
  for (const item of ['1', '2', '3']) queue.push(request, item);
  expect(queue.shift()).toBe('1');
  expect(queue.clear(request)).toEqual(['2', '3']);
  queue.finish(request);
  expect(queue.shift()).toBeUndefined();
});
