import { formatNumber, joinWithAnd } from '../../results/format.ts';
import { metricInWords } from '../../results/verdicts/metric.ts';
import type { RankedServer, WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { spreadText, whyUnmeasured } from './cell-text.ts';
import { verdictClause, verdictSentence } from './verdict-sentence.ts';
import { serverInWords, workloadInWords } from './words.ts';

/** What one workload showed, claiming no more than the verdicts do. */
export interface RankingSentences {
  /** The main result. */
  readonly claim: string;
  /** The verdicts on the servers that the claim does not name. */
  readonly asides: readonly string[];
  /** Why servers have no value or were not compared: may be as long as what a failing server printed. */
  readonly reasons: readonly string[];
}

/** @param isLead whether the claim says where it holds, and that what is in brackets is a confidence interval */
export function rankingSentences(ranking: WorkloadRanking, isLead = false): RankingSentences {
  const { workload, leader, servers } = ranking;
  const measured = servers.filter(({ value }) => value !== null);
  const rival = rivalIn(ranking);
  const claim = rival?.comparison
    ? verdictClause(rival.comparison, rival.server.name, isLead ? '95 % CI ' : '')
    : leader
      ? amounts(ranking, measured)
      : servers.some(({ trials }) => trials.length > 0)
        ? 'no trial gave a usable result'
        : 'nothing was measured';
  // A server that was already running may be on another machine.
  const isHere = servers.every(({ server }) => !server.attached);
  const place = isLead && isHere && leader ? ' on this machine' : '';
  return {
    claim: `For ${workloadInWords(workload.name)}${place}, ${claim}.`,
    asides: servers.filter((entry) => entry !== leader && entry !== rival).flatMap(verdictOn),
    reasons: reasonsIn(ranking),
  };
}

/**
 * The server that the claim compares the leader with: the plan's first server if that is behind, or the one furthest
 * behind; where none is, the only other one, or the first of those that are all tied with the leader.
 */
export function rivalIn({ servers }: WorkloadRanking): RankedServer | null {
  const behind = servers.filter(({ position }) => position === 'behind');
  const [furthest] = behind.toSorted((a, b) => lag(b) - lag(a));
  const tied = servers.filter(({ position }) => position === 'equal');
  const undecided = servers.filter(({ position }) => position === 'undecided');
  const others =
    undecided.length === 0 || tied.length + undecided.length === 1 ? [...tied, ...undecided] : [];
  return behind.find((entry) => entry === servers[0]) ?? furthest ?? others[0] ?? null;
}

/** How many times better the leader is: never below 1, and infinitely where the server failed. */
export const lag = ({ toLeader, comparison }: RankedServer): number => {
  if (comparison?.verdict.kind === 'one-failed') return Number.POSITIVE_INFINITY;
  return toLeader ? Math.max(toLeader.ratio, 1 / toLeader.ratio) : 0;
};

const verdictOn = ({ server, comparison }: RankedServer): string[] =>
  comparison && comparison.verdict.kind !== 'not-measured'
    ? [verdictSentence(comparison, server.name)]
    : [];

/** More values than this are no sentence: only the lowest and the highest are named. */
const mostNamed = 3;

/** The values side by side, without a word on who is better. */
function amounts({ metric, servers }: WorkloadRanking, measured: readonly RankedServer[]): string {
  const isTested = servers.some(({ position }) => position === 'undecided');
  const tested = isTested ? 'no difference is significant: ' : '';
  const name = ({ server }: RankedServer) => serverInWords(server.name);
  const isThroughput = metric.kind === 'throughput';
  const unit = isThroughput ? 'requests/s' : 'ms';
  const what = metricInWords(metric);
  if (measured.length > mostNamed) {
    const sorted = measured.toSorted((a, b) => (a.value?.median ?? 0) - (b.value?.median ?? 0));
    const [lowest, highest] = [sorted[0], sorted.at(-1)].map((one) =>
      one?.value ? `${formatNumber(one.value.median, one.value)} ${unit} (${name(one)})` : '',
    );
    return `${tested}${what} ranges from ${lowest} to ${highest}`;
  }
  const texts = measured.map((entry, index) => {
    const verb = isThroughput ? ' serves' : ' takes';
    return `${name(entry)}${index === 0 ? verb : ''} ${spreadText(entry.value)}${index === 0 ? ` ${unit}` : ''}`;
  });
  return `${tested}${joinWithAnd(texts)}${isThroughput ? '' : ` (${what})`}`;
}

/** One sentence for each reason, with all the servers that it holds for. */
function reasonsIn({ workload, servers, metric }: WorkloadRanking): string[] {
  type Found = { name: string; word: string | null; reason: string };
  const found = servers.flatMap(({ server: { name }, trials, value, comparison }): Found[] => {
    const verdict = value && comparison?.verdict;
    if (verdict?.kind === 'not-measured') return [{ name, word: null, reason: verdict.reason }];
    return value || trials.length === 0 ? [] : [{ name, ...whyUnmeasured(trials, metric) }];
  });
  const byReason = Map.groupBy(found, ({ word, reason }) => `${word} ${reason}`);
  return [...byReason.values()].map((group) => {
    const names = joinWithAnd(group.map(({ name }) => serverInWords(name)));
    const { word = null, reason = '' } = group[0] ?? {};
    const what =
      word === null
        ? `${names} ${group.length > 1 ? 'were' : 'was'} not compared`
        : `there is no result for ${names}${word === 'no result' ? '' : ` (${word})`}`;
    return `On ${workload.name}, ${what}: ${reason}.`;
  });
}
