import type { RatioInterval } from '../statistics/log-ratio.ts';

/** A ratio and its interval, to the digits that the interval supports. */
export interface RatioInWords {
  readonly value: string;
  readonly range: string;
}

/** "1.92 ×" and "1.88–1.96" */
export function asFactor(interval: RatioInterval): RatioInWords {
  const { value, range } = asRatio(interval, '–');
  return { value: `${value} ×`, range };
}

/** "5.2 %" and "4.1–6.3 %" */
export function asPercentMore({ ratio, low, high }: RatioInterval): RatioInWords {
  const [value, from, to] = toSupportedDigits([ratio, low, high].map((one) => 100 * (one - 1)));
  return { value: `${value} %`, range: `${from}–${to} %` };
}

/** "1.92" and "1.88–1.96" */
export function asRatio({ ratio, low, high }: RatioInterval, between: string): RatioInWords {
  const [value, from, to] = toSupportedDigits([ratio, low, high]);
  return { value: `${value}`, range: `${from}${between}${to}` };
}

/** A share without an interval: "3 %", "1.5 %", "0.12 %" */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

const mostDecimals = 3;
/** An interval whose end is this many times its start does not support more than two digits anywhere. */
const wide = 10;

/** Rounds to the place where half the interval's width lies, and no end of it to 0 that is not 0. */
function toSupportedDigits(values: readonly number[]): string[] {
  const [, low = 0, high = 0] = values;
  if (low > 0 && high > wide * low) return values.map(toTwoDigits);
  const place = Math.min((high - low) / 2, Math.abs(low) || Number.POSITIVE_INFINITY);
  const decimals = place > 0 ? Math.ceil(-Math.log10(place)) : mostDecimals;
  const shown = Math.min(mostDecimals, Math.max(0, decimals));
  return values.map((value) =>
    value.toLocaleString('en-US', { minimumFractionDigits: shown, maximumFractionDigits: shown }),
  );
}

function toTwoDigits(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US', { maximumSignificantDigits: 2 });
}
