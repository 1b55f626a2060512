import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { seededRandom } from '../statistics/random.ts';
import { decodeCounts } from './encoded-histogram.ts';

function encoded(values: readonly number[], numberOfSignificantValueDigits: 2 | 3 = 3): string {
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits,
    autoResize: true,
  });
  for (const value of values) histogram.recordValue(value);
  return encodeIntoCompressedBase64(histogram);
}

/** The encoding with some of its uncompressed bytes changed. */
function changed(histogram: string, change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(histogram, 'base64');
  const inner = inflateSync(bytes.subarray(8));
  change(inner);
  return Buffer.concat([bytes.subarray(0, 8), deflateSync(inner)]).toString('base64');
}

describe('the counts of an encoded histogram', () => {
  test('are those that the library encoded, from 1 µs to more than an hour', () => {
    const random = seededRandom(1, 'values');
    const values = Array.from({ length: 3000 }, () => Math.ceil(2 ** (33 * random())));
    const again = decodeCounts(encoded(values)).flatMap((value, index, counts) =>
      index % 2 === 0 ? Array.from({ length: counts[index + 1] ?? 0 }, () => value) : [],
    );
    expect(again).toHaveLength(values.length);
    for (const [index, value] of values.toSorted((a, b) => a - b).entries()) {
      const low = again[index] ?? 0;
      expect(low <= value && value < low * 1.001 + 1).toBe(true);
    }
    expect(encoded(again)).toBe(encoded(values));
  });

  test('are pairs of a value and how often it was recorded', () => {
    expect(decodeCounts(encoded([3, 2047, 2048, 2049, 3]))).toEqual([3, 2, 2047, 1, 2048, 2]);
    expect(decodeCounts(encoded([5000, ...Array.from({ length: 300 }, () => 1)]))).toEqual([
      1, 300, 5000, 1,
    ]);
    expect(decodeCounts(encoded([]))).toEqual([]);
  });

  test.each([
    ['no text', ''],
    ['text that is no histogram', 'SElTVEZBQUFB'],
    ['a histogram of two digits', encoded([1, 2], 2)],
    ['one that was cut', encoded([1, 2]).slice(0, 40)],
    ['one with another cookie', changed(encoded([1]), (bytes) => bytes.writeInt32BE(1, 0))],
    ['one with another length', changed(encoded([1]), (bytes) => bytes.writeInt32BE(99, 4))],
    ['one whose last count is cut', changed(encoded([1]), (bytes) => bytes.fill(0x80, 40))],
  ])('are refused in %s', (_, text) => {
    expect(() => decodeCounts(text)).toThrow(
      /histogram|outside buffer bounds|out of range|unexpected end/,
    );
  });
});
