import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { checkAssertions } from './assertions.ts';

test('the place of a mistake is shown within the width of a terminal', () => {
  const name = `/${'orders/'.repeat(20)}`;
  const run = {
    servers: [{ name: 'mine' }],
    workloads: [{ name, servers: ['mine'], classes: [], objectives: [] }],
  };
  let message = '';
  try {
    checkAssertions([`mine p50 on ${name} >= 5ms`], run);
  } catch (error) {
    if (error instanceof UsageError) message = error.message;
  }
  const [sentence, line = '', pointer = ''] = message.split('\n');
  expect(sentence).toBe('--assert: expected < or > instead of ">=".');
  expect(pointer.length).toBeLessThan(70);
  expect(line.slice(pointer.indexOf('^'))).toBe('>= 5ms');
});
