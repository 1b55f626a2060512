import { expect, test } from '@jest/globals';
import { pack, unpack } from './packed-argument.ts';

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
])('%p is unpacked as it was packed', (argument) => {
  expect(unpack(pack(argument))).toEqual(argument);
});

test('only numbers that fit 32 bits are packed as they are', () => {
  const asTheyAre = [0, -1, 2 ** 31 - 1, -(2 ** 31)];
  for (const argument of asTheyAre) expect(pack(argument)).toEqual({ packed: argument });
  for (const argument of [-0, 2 ** 31, 0.5]) {
    expect(pack(argument)).toEqual({ packed: expect.any(Uint8Array) });
  }
});

test('later changes by the sender have no effect', () => {
  const argument = { list: [1] };
  const packed = pack(argument);
  argument.list.push(2);
  expect(unpack(packed)).toEqual({ list: [1] });
});

test('a transferred buffer is moved: the sender loses it', () => {
  const buffer = new ArrayBuffer(8);
  const packed = pack({ buffer }, [buffer]);
  expect(buffer.byteLength).toBe(0);
  expect(unpack(packed)).toEqual({ buffer: new ArrayBuffer(8) });
});

test('a function is refused', () => {
  expect(() => pack(() => 1)).toThrow('could not be cloned');
});
