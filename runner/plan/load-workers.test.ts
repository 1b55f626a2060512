import { expect, test } from '@jest/globals';
import { parseAddress, planLoadWorkers } from './load-workers.ts';

test.each([
  ['10.0.0.1', { host: '10.0.0.1', port: 5557 }],
  ['master:6000', { host: 'master', port: 6000 }],
  ['[fd00::1]:6000', { host: 'fd00::1', port: 6000 }],
  ['fd00::1', { host: 'fd00::1', port: 5557 }],
])('the address %s is read', (text, expected) => {
  expect(parseAddress('--master', text)).toEqual(expected);
});

test.each(['', 'a b', ':5557', 'http://a', 'a:0', 'a:70000'])('"%s" is no address', (text) => {
  expect(() => parseAddress('--master', text)).toThrow('--master must be ');
});

test('the master of a run listens on the loopback unless told otherwise', () => {
  expect(planLoadWorkers({})).toBeNull();
  expect(planLoadWorkers({ loadWorkers: '3' })).toEqual({
    count: 3,
    host: '127.0.0.1',
    port: 5557,
  });
});

test('workers of other machines need servers that they reach', () => {
  const flags = { loadWorkers: '3', masterBind: '10.0.0.1' };
  expect(() => planLoadWorkers(flags)).toThrow('need an address of the servers');
  for (const more of [{ serverAddress: '127.0.0.1' }, { url: ['http://localhost:80/'] }]) {
    expect(() => planLoadWorkers({ ...flags, ...more })).toThrow('is another machine for each');
  }
  expect(planLoadWorkers({ ...flags, serverAddress: '10.0.0.1' })?.host).toBe('10.0.0.1');
  expect(planLoadWorkers({ ...flags, url: ['http://10.0.0.2/'] })?.host).toBe('10.0.0.1');
});

test('an address without load workers, and a number of none, are refused', () => {
  expect(() => planLoadWorkers({ masterBind: '10.0.0.1' })).toThrow('--master-bind is for');
  expect(() => planLoadWorkers({ loadWorkers: '0' })).toThrow('--load-workers must be a whole');
});
