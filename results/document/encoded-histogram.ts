import { inflateSync } from 'node:zlib';

/** A HdrHistogram in version 2 of its encoding: two cookies, a header of 40 bytes, counts. */
const compressedCookie = 0x1c849314;
const cookie = 0x1c849313;
const headerBytes = 40;
/** More than most histograms have: the default of zlib costs memory that has to be collected. */
const usualBytes = 1024;
const significantDigits = 3;
/** Of three significant digits: above 2,047, this many values share a power of two. */
const halfOfValues = 1024;
/** The largest number of counts that a histogram of 64 bits has. */
const mostCounts = 64 * halfOfValues;

/** How often each value was recorded: a value, its count, the next value, its count … */
export type Counts = readonly number[];

/**
 * The counts of a compressed HdrHistogram in base64, with three significant digits and the unit as the lowest value. The
 * library takes four times as long: it fills an array of 23,000 counts for the few hundred of a window.
 *
 * @throws Error when the text is something else
 */
export function decodeCounts(histogram: string): Counts {
  const encoded = Buffer.from(histogram, 'base64');
  if (encoded.readInt32BE(0) !== compressedCookie) throw new Error('not a compressed histogram');
  const bytes = inflateSync(encoded.subarray(8), { chunkSize: usualBytes });
  const [isHistogram, length] = [bytes.readInt32BE(0) === cookie, bytes.readInt32BE(4)];
  const fits = bytes.readInt32BE(12) === significantDigits && bytes.readBigInt64BE(16) === 1n;
  if (!isHistogram || !fits || headerBytes + length !== bytes.length) {
    throw new Error('not a histogram of these bounds');
  }
  const counts: number[] = [];
  let index = 0;
  for (let at = headerBytes; at < bytes.length; ) {
    // ZigZag and LEB128: seven bits a byte, the lowest first; the high bit says that more follow.
    let [word, unit, byte] = [0, 1, 0x80];
    for (; byte >= 0x80; unit *= 0x80) {
      byte = bytes.readUInt8(at++);
      word += (byte & 0x7f) * unit;
    }
    const number = word % 2 === 0 ? word / 2 : -(word + 1) / 2;
    if (number > 0) counts.push(valueAt(index), number);
    index += number < 0 ? -number : 1;
    if (index > mostCounts) throw new Error('too many counts');
  }
  return counts;
}

/** The lowest value that is counted at an index: 2,048 single values, then 1,024 for each further power of two. */
function valueAt(index: number): number {
  const power = Math.max(0, Math.floor(index / halfOfValues) - 1);
  return (index - power * halfOfValues) * 2 ** power;
}
