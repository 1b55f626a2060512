import type { RatioInterval } from './statistics/log-ratio.ts';

/** The lowest and the highest of what a number may be. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A number and its range as text. */
export interface RangeText {
  readonly value: string;
  readonly range: string;
}

/** A range that ends at more than this many times its start supports two significant digits of each number. */
const wide = 10;
const mostDecimals = 6;

/**
 * A number and its range, all to the same place: the one in which half the range lies; but the smallest of the three
 * keeps two significant digits, and the number gets three at most (four from 1,000 on).
 */
export function formatRange(value: number, { low, high }: Range): RangeText {
  if (low > 0 && high > wide * low) {
    return { value: toDigits(value, 2), range: `${toDigits(low, 2)}–${toDigits(high, 2)}` };
  }
  const most = (Math.abs(value) < 1000 ? 2 : 3) - magnitudeOf(value);
  const least = 1 - Math.min(...[value, low, high].filter((one) => one !== 0).map(magnitudeOf));
  const supported = high > low ? -magnitudeOf((high - low) / 2) : most;
  const place = Math.max(least, Math.min(supported, most));
  return { value: toPlace(value, place), range: `${toPlace(low, place)}–${toPlace(high, place)}` };
}

/** A number to the digits that its range supports; to three significant digits where it has none. */
export const formatNumber = (value: number, range: Range | null = null): string =>
  range ? formatRange(value, range).value : toDigits(value, 3);

/** "1,214 (1,205–1,222)"; a range that would only repeat the number is left out. */
export function formatWithRange(value: number, bounds: Range): string {
  const { value: text, range } = formatRange(value, bounds);
  return range === `${text}–${text}` ? text : `${text} (${range})`;
}

/** One measured value, to four significant digits or the unit; ∞ for a time among requests that were never answered. */
export const formatRaw = (value: number | null): string =>
  value === null ? '∞' : value < 1000 ? toDigits(value, 4) : toPlace(value, 0);

/** "1.92×" and "1.88–1.96" */
export function formatFactor({ ratio, low, high }: RatioInterval): RangeText {
  const { value, range } = formatRange(ratio, { low, high });
  return { value: `${value}×`, range };
}

/** How much more a ratio above 1 is: "5.2 %" and "4.1–6.3 %" */
export function formatPercentMore({ ratio, low, high }: RatioInterval): RangeText {
  const more = (one: number) => 100 * (one - 1);
  const { value, range } = formatRange(more(ratio), { low: more(low), high: more(high) });
  return { value: `${value} %`, range: `${range} %` };
}

/** A share to two significant digits: "3 %", "1.5 %", "0.12 %", "120 %"; no part is called the whole: "> 99 %" */
export const percent = (share: number): string =>
  share >= 0.995 && share < 1 ? '> 99 %' : `${toDigits(100 * share, 2)} %`;

/** A time to two significant digits: "0.35 ms", "180 ms", "1,200 ms" */
export const milliseconds = (ms: number): string => `${toDigits(ms, 2)} ms`;

/** "1 trial", "2,000 trials" */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** "a", "a and b", "a, b and c" */
export const joinWithAnd = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const magnitudeOf = (value: number): number =>
  value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));

// `toLocaleString` with options makes a formatter for each number: most of the time of a long report.
const allDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 21 });
const decimalPlaces = Array.from(
  { length: mostDecimals + 1 },
  (_, digits) =>
    new Intl.NumberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);

const toDigits = (value: number, digits: number): string =>
  allDigits.format(Number(value.toPrecision(digits)));

/** To so many decimals; to tens, hundreds … where they are negative. */
function toPlace(value: number, decimals: number): string {
  const unit = 10 ** Math.max(0, -decimals);
  const shown = Math.min(Math.max(0, decimals), mostDecimals);
  const rounded = unit > 1 ? Math.round(value / unit) * unit : value;
  return (decimalPlaces[shown] ?? allDigits).format(rounded);
}
