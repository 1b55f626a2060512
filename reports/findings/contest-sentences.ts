import { percentileInWords } from '../../results/verdicts/metric.ts';
import { type RankedServer, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { listed } from './numbers.ts';
import { spreadText } from './spread.ts';
import { whyUnmeasured } from './unmeasured.ts';
import { verdictClause, verdictSentence } from './verdict-sentence.ts';
import { serverInWords, workloadInWords } from './words.ts';

/** What one workload showed, claiming no more than the verdicts do. */
export interface ContestSentences {
  /** The main thing. */
  readonly claim: string;
  /** How the servers stand that the claim does not name. */
  readonly asides: readonly string[];
  /** Why a server has no number, or was not compared: may be as long as what a dying server printed. */
  readonly gaps: readonly string[];
}

export function contestSentences(contest: WorkloadRanking): ContestSentences {
  const { workload, leader, servers } = contest;
  const gaps = gapsOf(contest);
  const measured = servers.filter(({ value }) => value !== null);
  if (!leader) return { claim: unmeasured(contest), asides: [], gaps };
  const rival = rivalIn(contest);
  const claim = rival?.comparison
    ? verdictClause(rival.comparison, serverInWords)
    : amounts(contest, measured);
  const others = measured.filter((entry) => entry !== leader && entry !== rival);
  return {
    claim: `For ${workloadInWords(workload.name)}, ${claim}.`,
    asides: others.flatMap(verdictOn),
    gaps,
  };
}

/** Whom the leader is named against: the plan's first server, or if that is not behind, the one furthest behind. */
export function rivalIn({ servers }: WorkloadRanking): RankedServer | null {
  const behind = servers.filter(({ position }) => position === 'behind');
  const [furthest] = behind.toSorted((a, b) => lag(b) - lag(a));
  return behind.find((entry) => entry === servers[0]) ?? furthest ?? null;
}

/** How many times better the leader is: never below 1. */
export const lag = ({ toLeader }: RankedServer): number =>
  toLeader ? Math.max(toLeader.ratio, 1 / toLeader.ratio) : 0;

const verdictOn = ({ comparison }: RankedServer): string[] =>
  comparison && comparison.verdict.kind !== 'not-measured'
    ? [verdictSentence(comparison, serverInWords)]
    : [];

function unmeasured({ workload, servers }: WorkloadRanking): string {
  const tried = servers.some(({ trials }) => trials.length > 0);
  return `For ${workloadInWords(workload.name)}, ${
    tried ? 'no trial gave numbers that may be used' : 'nothing was measured'
  }.`;
}

/** Numbers side by side, without a word on who is better. */
function amounts({ metric }: WorkloadRanking, measured: readonly RankedServer[]): string {
  const [verb, unit] = metric.kind === 'throughput' ? ['serves', 'requests/s'] : ['takes', 'ms'];
  const texts = measured.map(({ server, value }, index) =>
    index === 0
      ? `${serverInWords(server.name)} ${verb} ${spreadText(value)} ${unit}`
      : `${serverInWords(server.name)} ${spreadText(value)}`,
  );
  if (metric.kind === 'throughput') return listed(texts);
  const request = metric.className === null ? 'a request' : `a ${metric.className} request`;
  return `${listed(texts)} to answer ${request} (${percentileInWords(metric.percentile)})`;
}

/** One sentence for each reason, with all the servers that it holds for. */
function gapsOf({ servers, metric }: WorkloadRanking): string[] {
  const gaps = Map.groupBy(
    servers.flatMap((entry) => gapOf(entry, metric) ?? []),
    ({ what }) => what,
  );
  return [...gaps].map(
    ([what, those]) => `${listed(those.map(({ name }) => serverInWords(name)))}: ${what}.`,
  );
}

function gapOf(
  { server, trials, value, comparison }: RankedServer,
  metric: WorkloadRanking['metric'],
): { name: string; what: string } | null {
  const { name } = server;
  if (!value && trials.length > 0) {
    const { word, sentence } = whyUnmeasured(trials, metric);
    return { name, what: `${word}; ${sentence}` };
  }
  const verdict = value && comparison?.verdict;
  return verdict?.kind === 'not-measured'
    ? { name, what: `not compared; ${verdict.reason}` }
    : null;
}
