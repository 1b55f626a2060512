import type { RatioInterval } from '../results/statistics/log-ratio.ts';
import { isMoreBetter } from '../results/verdicts/metric.ts';
import type { Contest, Entry } from './contest.ts';
import { formatNumber, formatRange, listed } from './numbers.ts';
import { spreadText } from './spread.ts';
import { capitalised, serverInWords, workloadInWords } from './words.ts';

/** What one workload showed, claiming no more than the verdicts do. */
export interface ContestSentences {
  /** The main thing, in a sentence that starts with "For …" where there is any. */
  readonly claim: string;
  /** How the servers stand that the claim does not name. */
  readonly asides: readonly string[];
}

export function contestSentences(contest: Contest): ContestSentences {
  const { best, entries } = contest;
  const measured = entries.filter(({ value }) => value !== null);
  if (!best) return { claim: unmeasured(contest), asides: [] };
  const rival = rivalIn(contest);
  const claim = rival ? ahead(contest, best, rival) : amounts(contest, measured);
  const others = measured.filter((entry) => entry !== best && entry !== rival);
  return {
    claim: `For ${workloadInWords(contest.workload.name)}, ${claim}.`,
    asides: measured.length > 1 ? asides(contest, best, others) : [],
  };
}

/** Whom the best is named against: the plan's first server, or if that is not behind, the one furthest behind. */
export function rivalIn({ entries }: Contest): Entry | null {
  const behind = entries.filter(({ standing }) => standing === 'behind');
  const [furthest] = behind.toSorted((a, b) => advantageOver(b) - advantageOver(a));
  return behind.find((entry) => entry === entries[0]) ?? furthest ?? null;
}

/** How many times better the best is: never below 1. */
export const advantageOver = ({ toBest }: Entry): number =>
  toBest ? Math.max(toBest.ratio, 1 / toBest.ratio) : 0;

const nameOf = ({ server }: Entry): string => serverInWords(server.name);

function unmeasured({ workload, entries }: Contest): string {
  const tried = entries.some(({ trials }) => trials.length > 0);
  return `${capitalised(workloadInWords(workload.name))}: ${
    tried ? 'no trial gave numbers that may be used' : 'nothing was measured'
  }.`;
}

function ahead(contest: Contest, best: Entry, rival: Entry): string {
  const { metric } = contest;
  if (!rival.toBest) return '';
  const { ratio, low, high } = rival.toBest;
  if (metric.kind === 'throughput') {
    const more = { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
    return `${nameOf(best)} serves ${times(more)} what ${nameOf(rival)} does (${interval(more)})`;
  }
  return `${nameOf(rival)} takes ${times(rival.toBest)} as long as ${nameOf(best)} to answer ${requestOf(contest)} (${interval(rival.toBest)}; ${metric.percentile})`;
}

/** Several numbers side by side, without a word on who is better. */
function amounts({ metric, ...contest }: Contest, measured: readonly Entry[]): string {
  const texts = measured.map(({ server, value }) => {
    const amount = spreadText(value);
    const unit = metric.kind === 'throughput' ? 'requests/s' : 'ms';
    return `${serverInWords(server.name)} ${metric.kind === 'throughput' ? 'serves' : 'takes'} ${amount} ${unit}`;
  });
  const what =
    metric.kind === 'throughput'
      ? ''
      : ` to answer ${requestOf({ ...contest, metric })} (${metric.percentile})`;
  return `${listed(texts)}${what}`;
}

const requestOf = ({ metric }: Pick<Contest, 'metric' | 'entries'>): string =>
  metric.kind === 'response-time' && metric.className !== null
    ? `a ${metric.className} request`
    : 'a request';

function asides(contest: Contest, best: Entry, others: readonly Entry[]): string[] {
  const having = (standing: Entry['standing']) =>
    others.filter((entry) => entry.standing === standing);
  const [equal, undecided, uncompared] = [
    having('equal'),
    having('undecided'),
    having('uncompared'),
  ];
  const margin = Math.max(
    0,
    ...equal.map(({ verdict }) => (verdict?.kind === 'equivalent' ? verdict.margin : 0)),
  );
  const sentences = [
    equal.length > 0
      ? `${togetherWith(best, equal)} are equal within ± ${formatShare(margin)}.`
      : '',
    undecided.length > 0
      ? `${togetherWith(best, undecided)} cannot be told apart${blocksAdvice(undecided)}.`
      : '',
    uncompared.length > 0
      ? `How ${listed(uncompared.map(nameOf))} compares with ${nameOf(best)} cannot be said: ${reasonOf(uncompared)}.`
      : '',
    ...having('behind').map((entry) => `${capitalised(further(contest, best, entry))}.`),
  ];
  return sentences.filter((sentence) => sentence !== '');
}

const togetherWith = (best: Entry, others: readonly Entry[]): string =>
  capitalised(listed([best, ...others].map(nameOf)));

function further({ metric }: Contest, best: Entry, { server, toBest }: Entry): string {
  if (!toBest) return '';
  const how = isMoreBetter(metric) ? 'serves' : 'takes';
  const as = isMoreBetter(metric) ? 'as much as' : 'as long as';
  return `${serverInWords(server.name)} ${how} ${times(toBest)} ${as} ${nameOf(best)} (${interval(toBest)})`;
}

function blocksAdvice(undecided: readonly Entry[]): string {
  const [verdict, ...more] = undecided.map((entry) => entry.verdict);
  if (more.length > 0 || verdict?.kind !== 'indistinguishable') return '';
  if (verdict.cause === 'below-floor') {
    return `: they differ by less than the ${formatShare(verdict.floor.share)} that this run can claim`;
  }
  return verdict.blocksNeeded === null ? '' : ` (about ${verdict.blocksNeeded} blocks might)`;
}

function reasonOf([entry]: readonly Entry[]): string {
  return entry?.verdict?.kind === 'not-measured' ? entry.verdict.reason : 'no block has both';
}

const asRange = ({ ratio, low, high }: RatioInterval) => ({ median: ratio, low, high });
const times = (ratio: RatioInterval): string => `${formatNumber(ratio.ratio, asRange(ratio))} ×`;
const interval = (ratio: RatioInterval): string => formatRange(ratio.ratio, asRange(ratio));

export const formatShare = (share: number): string =>
  `${formatNumber(100 * share).replace(/\.0+$/, '')} %`;
