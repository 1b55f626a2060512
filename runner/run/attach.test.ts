import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { isLoopback, parseTargetUrl } from './attach.ts';

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

test.each(['nonsense', 'https://localhost', 'ftp://localhost/', 'localhost:3000'])(
  '%s is no URL of a server that can be loaded',
  (text) => {
    expect(() => parseTargetUrl(text, false)).toThrow(UsageError);
  },
);

test('another machine is loaded only when that is allowed', () => {
  expect(() => parseTargetUrl('http://192.0.2.1/', false)).toThrow('--allow-remote');
  expect(parseTargetUrl('http://192.0.2.1:81/x', true).port).toBe('81');
});
