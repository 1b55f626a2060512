/** A range that a number lies in, from lowest to highest. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const thousands = (value: number, decimals: number) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });

/** Decimals (negative: to tens, hundreds …) that a number with this spread supports: the place where half its range lies. */
function decimalsFor(value: number, range: Range | null): number {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const half = range ? (range.high - range.low) / 2 : 0;
  const supported = half > 0 ? -Math.floor(Math.log10(half)) : Number.POSITIVE_INFINITY;
  const mostDigits = half > 0 && magnitude >= 3 ? 4 : 3;
  return Math.max(Math.min(supported, mostDigits - 1 - magnitude), 1 - magnitude);
}

/** A number to the digits that its range supports: two significant digits at least, three at most, four from 1,000 on. */
export function formatNumber(value: number, range: Range | null = null): string {
  return formatTo(decimalsFor(value, range), value);
}

/** As "1.92 (1.88–1.96)": all three to the same digits. */
export function formatWithRange(value: number, range: Range): string {
  const decimals = decimalsFor(value, range);
  return `${formatTo(decimals, value)} (${formatTo(decimals, range.low)}–${formatTo(decimals, range.high)})`;
}

function formatTo(decimals: number, value: number): string {
  if (decimals >= 0) return thousands(value, Math.min(decimals, 6));
  const place = 10 ** -decimals;
  return thousands(Math.round(value / place) * place, 0);
}

/** One measured value as it is, to four digits or the unit; ∞ for a time among requests that were never answered. */
export const formatRaw = (value: number | null): string =>
  value === null
    ? '∞'
    : value.toLocaleString(
        'en-US',
        value < 1000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 0 },
      );

export const plural = (count: number, noun: string): string =>
  `${thousands(count, 0)} ${noun}${count === 1 ? '' : 's'}`;

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
