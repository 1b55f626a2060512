import { formatFactor, formatNumber, formatRange } from '../../results/format.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import type { Spread } from '../../results/statistics/summary.ts';

/** "0.52× (0.51–0.53)" */
export const ratioText = (interval: RatioInterval): string =>
  `${formatFactor(interval).value} (${ratioRange(interval)})`;

/** An interval whose ends are this many times apart has no useful end but one that is next to 1. */
const useless = 100;

/** Whether an interval excludes nothing that is plausible, as with two blocks. */
export const saysNothing = ({ low, high }: RatioInterval): boolean =>
  high > useless * low && low <= 1 && high >= 1;

/** "1.9×" and " (1.7–2.1)"; "about 1.9×" alone where the interval says nothing. */
export function ratioSoFar(interval: RatioInterval): { factor: string; range: string } {
  const { value } = formatFactor(interval);
  return saysNothing(interval)
    ? { factor: `about ${value}`, range: '' }
    : { factor: value, range: ` (${ratioRange(interval)})` };
}

/** "0.90–1.80", with what follows a number; what an interval that is too wide still shows: "> 3.1". */
export function ratioRange({ ratio, low, high }: RatioInterval, after = ''): string {
  if (saysNothing({ ratio, low, high })) return 'could be anything';
  if (high <= useless * low) return `${formatRange(ratio, { low, high }).range}${after}`;
  const end = (value: number): string =>
    value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
  return high < 1 ? `< ${end(high)}${after}` : `> ${end(low)}${after}`;
}

const decimalsIn = (text: string): number => text.split('.')[1]?.length ?? 0;

/**
 * The medians of a table column, all with the decimals that each of them supports, and at least two digits of the
 * smallest one.
 */
export function formatColumn(spreads: readonly (Spread | null)[]): string[] {
  const texts = spreads.map((spread) => (spread ? formatNumber(spread.median, spread) : null));
  const medians = spreads.flatMap((spread) => (spread ? [spread.median] : []));
  const [smallest, largest] = [Math.min(...medians), Math.max(...medians)].map((value) =>
    Math.floor(Math.log10(Math.max(value, 1e-3))),
  );
  const supported = Math.min(...texts.flatMap((text) => (text === null ? [] : decimalsIn(text))));
  const ofSmallest = Math.min(1 - (smallest ?? 0), 3 - (largest ?? 0));
  const decimals = Math.max(0, supported, ofSmallest);
  const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return spreads.map((spread, index) => {
    const text = texts[index] ?? '–';
    return !spread || decimalsIn(text) === decimals
      ? text
      : spread.median.toLocaleString('en-US', fixed);
  });
}
