/** Spreads the bits of a number over 32 bits (lowbias32 by C. Wellons, https://nullprogram.com/blog/2018/07/31/). */
export function scatter(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
