import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { relationOf } from '../machine/facts.ts';
import { onThisMachine } from '../machine/local-machine.ts';
import { chooseCpuLayout, chooseServerAddress } from './server-side.ts';

const app1 = {
  hostname: 'app1',
  sharesCpus: false,
  sharesNetwork: false,
  addresses: ['192.0.2.7', '2001:db8::7'],
};
const cpus = { available: 8, allowed: [0, 1, 2, 3, 4, 5, 6, 7], cores: [] };

describe('the address of the servers', () => {
  test('is the loopback address where the load reaches it', () => {
    expect(chooseServerAddress(undefined, null)).toBe('127.0.0.1');
    expect(chooseServerAddress(undefined, { ...app1, sharesNetwork: true })).toBe('127.0.0.1');
    expect(chooseServerAddress('192.0.2.1', null)).toBe('192.0.2.1');
  });

  test('is one that the user names where it does not', () => {
    expect(chooseServerAddress('2001:db8::7', app1)).toBe('2001:db8::7');
    expect(() => chooseServerAddress(undefined, app1)).toThrow('it has 192.0.2.7, 2001:db8::7');
  });

  test.each(['0.0.0.0', '::', 'app1', ''])('cannot be "%s"', (flag) => {
    expect(() => chooseServerAddress(flag, null)).toThrow(UsageError);
    expect(() => chooseServerAddress(flag, app1)).toThrow(UsageError);
  });
});

describe('the CPUs of servers on a machine of their own', () => {
  const side = { cpus, elsewhere: app1 };

  test('are all of them, and those of the load generator all of this machine', () => {
    const layout = chooseCpuLayout({}, side);
    expect(layout).toEqual({ mode: 'isolated', serverCpus: [], clientCpus: [] });
  });

  test('are those that the user names, if that machine has them', () => {
    expect(chooseCpuLayout({ cpus: '0-3' }, side).serverCpus).toEqual([0, 1, 2, 3]);
    expect(() => chooseCpuLayout({ cpus: '8' }, side)).toThrow('on the machine of the servers');
    expect(() => chooseCpuLayout({ clientCpus: '9999' }, side)).toThrow('cannot be used here');
  });

  test('are chosen as on one machine where they are the same', () => {
    const here = onThisMachine();
    const beside = { ...here, elsewhere: { ...app1, sharesCpus: true } };
    expect(chooseCpuLayout({}, beside)).toEqual(chooseCpuLayout({}, here));
  });
});

test('machines are the same by their kernel, and networks by their namespace', () => {
  const facts = { bootId: 'a', network: 'net:[1]' };
  const other = { bootId: 'a', network: 'net:[2]' };
  expect(relationOf(facts, facts)).toEqual({ sharesCpus: true, sharesNetwork: true });
  expect(relationOf(facts, other)).toEqual({ sharesCpus: true, sharesNetwork: false });
  expect(relationOf(facts, { ...facts, bootId: 'b' }).sharesNetwork).toBe(false);
  const unknown = { bootId: null, network: null };
  expect(relationOf(unknown, unknown).sharesCpus).toBe(false);
});
