import { expect, test } from '@jest/globals';
import { isLoopback } from './ports.ts';

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['[::1]', true],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['10.0.0.1', false],
  ['[::2]', false],
  ['example.org', false],
])('%s is this machine: %p', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});
