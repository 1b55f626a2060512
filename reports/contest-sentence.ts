import type { Contest, Entry } from './contest.ts';
import { formatNumber, formatRange, formatWithRange, listed } from './numbers.ts';
import type { Spread } from './spread.ts';
import { capitalised, serverInWords, workloadInWords } from './words.ts';

const nameOf = ({ server }: Entry): string => serverInWords(server.name);

/** How many times better the best is than an entry. */
export function advantageOver(entry: Entry, { yardstick }: Contest): Spread | null {
  const { toBest } = entry;
  if (!toBest || yardstick.kind !== 'throughput') return toBest;
  const { median, low, high, blocks } = toBest;
  return { median: 1 / median, low: 1 / high, high: 1 / low, blocks };
}

/** Whom the best is named against: the plan's first server, or if that is not behind, the one furthest behind. */
export function rivalIn(contest: Contest): Entry | null {
  const behind = contest.entries.filter(({ standing }) => standing === 'behind');
  const margin = (entry: Entry) => advantageOver(entry, contest)?.median ?? 0;
  return (
    behind.find((entry) => entry === contest.entries[0]) ??
    behind.toSorted((a, b) => margin(b) - margin(a))[0] ??
    null
  );
}

const withSpread = (value: Spread): string =>
  value.blocks > 1 ? formatWithRange(value.median, value) : formatNumber(value.median);

/** What one workload showed, claiming no more than the blocks agree on. */
export interface ContestSentences {
  /** The main thing, in a sentence that starts with "For …". */
  readonly claim: string;
  /** How the servers stand that the claim does not name. */
  readonly asides: readonly string[];
}

export function contestSentences(contest: Contest): ContestSentences {
  const measured = contest.entries.filter(({ value }) => value !== null);
  const [first] = measured;
  if (!first) return only(unmeasured(contest));
  if (measured.length === 1) return only(alone(contest, first));
  if (measured.some(({ standing }) => standing === 'unsure'))
    return only(unsure(contest, measured));
  return compared(contest, measured);
}

const only = (claim: string): ContestSentences => ({ claim, asides: [] });

const about = ({ workload }: Contest): string => `For ${workloadInWords(workload.name)}`;

function unmeasured({ workload, entries }: Contest): string {
  const tried = entries.some(({ trials }) => trials.length > 0);
  return `${capitalised(workloadInWords(workload.name))}: ${
    tried ? 'no trial gave numbers that may be used' : 'nothing was measured'
  }.`;
}

function amount({ yardstick }: Contest, text: string): string {
  return yardstick.kind === 'throughput'
    ? `serves ${text} requests/s`
    : `answers a ${yardstick.className} request within ${text} ms (${yardstick.percentile}, closed loop)`;
}

function alone(contest: Contest, entry: Entry): string {
  const value = entry.value as Spread;
  const others = contest.entries.length > 1 ? '; no other server was measured' : '';
  return `${about(contest)}, ${nameOf(entry)} ${amount(contest, withSpread(value))}${others}.`;
}

function unsure(contest: Contest, measured: readonly Entry[]): string {
  const values = measured.map(
    (entry) => `${nameOf(entry)} ${amount(contest, formatNumber(entry.value?.median ?? 0))}`,
  );
  return `${about(contest)}, ${listed(values)}: too few blocks to tell more.`;
}

function compared(contest: Contest, measured: readonly Entry[]): ContestSentences {
  const { best, yardstick } = contest;
  const rival = rivalIn(contest);
  const level = measured.filter(({ standing }) => standing === 'level');
  const together = best ? listed([best, ...level].map(nameOf)) : '';
  if (!best || !rival) {
    const value = formatNumber(best?.value?.median ?? 0);
    return only(
      `${about(contest)}, ${together} cannot be told apart: about ${
        yardstick.kind === 'throughput'
          ? `${value} requests/s`
          : `${value} ms for a ${yardstick.className} request (${yardstick.percentile}, closed loop)`
      } each.`,
    );
  }
  const margin = advantageOver(rival, contest) as Spread;
  const times = `${formatNumber(margin.median, margin)} ×`;
  const range = `(${formatRange(margin.median, margin)})`;
  const claim =
    yardstick.kind === 'throughput'
      ? `${nameOf(best)} serves ${times} what ${nameOf(rival)} does ${range}`
      : `${nameOf(rival)} takes ${times} as long as ${nameOf(best)} over a ${yardstick.className} request ${range.slice(0, -1)}; ${yardstick.percentile}, closed loop)`;
  const others = measured.filter((entry) => entry.standing === 'behind' && entry !== rival);
  return {
    claim: `${about(contest)}, ${claim}.`,
    asides: [
      ...(level.length > 0 ? [`${capitalised(together)} cannot be told apart.`] : []),
      ...others.map((entry) => `${capitalised(secondary(contest, entry))}.`),
    ],
  };
}

function secondary(contest: Contest, entry: Entry): string {
  const { toBest } = entry;
  if (!toBest) return '';
  const times = `${formatNumber(toBest.median, toBest)} ×`;
  const best = contest.best ? nameOf(contest.best) : 'the best';
  return contest.yardstick.kind === 'throughput'
    ? `${nameOf(entry)} serves ${times} as much as ${best} (${formatRange(toBest.median, toBest)})`
    : `${nameOf(entry)} takes ${times} as long as ${best} (${formatRange(toBest.median, toBest)})`;
}
