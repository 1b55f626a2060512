import { expect, test } from '@jest/globals';
import { pack, unpack } from './parcel.ts';

test.each([
  0,
  -0,
  27,
  -(2 ** 31),
  2 ** 31,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n ** 30n,
  'text',
  '',
  true,
  null,
  undefined,
  { nested: [new Map([['key', new Date(0)]])] },
  new Uint8Array([1, 2, 3]),
])('%p comes out as it went in', (argument) => {
  expect(unpack(pack(argument))).toEqual(argument);
});

test('only what fits 32 bits travels as a whole number', () => {
  const travelsBare = [0, -1, 2 ** 31 - 1, -(2 ** 31)];
  for (const argument of travelsBare) expect(pack(argument)).toEqual({ packed: argument });
  for (const argument of [-0, 2 ** 31, 0.5]) {
    expect(pack(argument)).toEqual({ packed: expect.any(Uint8Array) });
  }
});

test('what the sender does to an argument afterwards changes nothing', () => {
  const argument = { list: [1] };
  const parcel = pack(argument);
  argument.list.push(2);
  expect(unpack(parcel)).toEqual({ list: [1] });
});

test('a transferred buffer is moved: the sender has it no longer', () => {
  const buffer = new ArrayBuffer(8);
  const parcel = pack({ buffer }, [buffer]);
  expect(buffer.byteLength).toBe(0);
  expect(unpack(parcel)).toEqual({ buffer: new ArrayBuffer(8) });
});

test('a function is refused', () => {
  expect(() => pack(() => 1)).toThrow('could not be cloned');
});
