import type { RunDocument } from '../../results/document/run-document.ts';
import { rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { caveatsOf } from './caveats.ts';
import { contestSentences, lag, rivalIn } from './contest-sentences.ts';

/** The answer of a run. */
export interface Headline {
  /** The sentence to read if only one is read. */
  readonly lead: string;
  /** One sentence for each other workload. */
  readonly rest: readonly string[];
  /** What the sentences rest on, and what is missing: blocks, an early end, trials without numbers. */
  readonly caveats: readonly string[];
}

export function headlineOf(document: RunDocument, contests = rankWorkloads(document)): Headline {
  const caveats = caveatsOf(document, contests);
  const lead = contests.toSorted(byInterest)[0];
  if (!lead?.leader) {
    const [why = '', ...caveatsLeft] = caveats;
    const measured = document.trials.some(({ measurements }) => measurements.length > 0);
    const nothing = measured ? 'No number here can be used.' : 'Nothing was measured.';
    return { lead: `${nothing} ${why}`.trim(), rest: [], caveats: caveatsLeft };
  }
  const claims = contests.map((contest) => contestSentences(contest).claim);
  const first = contests.indexOf(lead);
  return {
    lead: `On this machine, ${claims[first]?.replace(/^For/, 'for')}`,
    rest: claims.filter((_, index) => index !== first),
    caveats,
  };
}

/** Leads with the workload where leaving the plan's first server would gain most throughput. */
function byInterest(a: WorkloadRanking, b: WorkloadRanking): number {
  const interest = (contest: WorkloadRanking) => {
    const rival = rivalIn(contest);
    return [
      contest.leader ? 1 : 0,
      contest.metric.kind === 'throughput' ? 1 : 0,
      rival && rival === contest.servers[0] ? 1 : 0,
      rival ? lag(rival) : 0,
    ];
  };
  const [left, right] = [interest(a), interest(b)];
  const differing = left.findIndex((value, index) => value !== right[index]);
  return (right[differing] ?? 0) - (left[differing] ?? 0);
}
