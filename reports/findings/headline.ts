import type { RunDocument } from '../../results/document/run-document.ts';
import { scalingsOf } from '../../results/scalability/scaling.ts';
import { rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { notesOn } from './notes.ts';
import { overloadSentences } from './overload-sentences.ts';
import { lag, rankingSentences, rivalIn } from './ranking-sentences.ts';
import { scalingSentences } from './scaling.ts';
import { slowdownSentence } from './slowdown-sentence.ts';

/** The answer of a run. */
export interface Headline {
  /** The sentence to read if only one is read. */
  readonly lead: string;
  /**
   * The other workloads, one sentence for each; what heavy requests do to light ones where a workload has both; and what
   * servers could not take of the load.
   */
  readonly rest: readonly string[];
  /** What the answer rests on, and what is missing. */
  readonly notes: readonly string[];
}

export function headlineOf(document: RunDocument, rankings = rankWorkloads(document)): Headline {
  const notes = notesOn(document, rankings);
  const overloads = overloadSentences(document);
  const [advice, ...further] = scalingsOf(document).flatMap(scalingSentences);
  if (advice !== undefined) {
    // Its notes explain no ratios between servers.
    return { lead: advice, rest: [...further, ...overloads], notes: notesOn(document, []) };
  }
  const lead = rankings.toSorted(byInterest)[0];
  if (!lead?.leader) {
    const [why = '', ...others] = notes;
    const isMeasured = document.trials.some(({ measurements }) => measurements.length > 0);
    const nothing = isMeasured ? 'No result is usable.' : 'Nothing was measured.';
    return { lead: `${nothing} ${why}`.trim(), rest: overloads, notes: others };
  }
  const others = rankings.filter((ranking) => ranking !== lead);
  const rest = [
    slowdownSentence(lead),
    ...others.flatMap((ranking) => [rankingSentences(ranking).claim, slowdownSentence(ranking)]),
  ];
  return {
    lead: rankingSentences(lead, true).claim,
    rest: [...rest.filter((line) => line !== null), ...overloads],
    notes,
  };
}

/** Leads with the workload where leaving the plan's first server would gain most throughput. */
function byInterest(a: WorkloadRanking, b: WorkloadRanking): number {
  const interest = (ranking: WorkloadRanking) => {
    const rival = rivalIn(ranking);
    const behind = rival?.position === 'behind' ? rival : null;
    return [
      ranking.leader ? 1 : 0,
      ranking.metric.kind === 'throughput' ? 1 : 0,
      behind && behind === ranking.servers[0] ? 1 : 0,
      behind ? lag(behind) : 0,
    ];
  };
  const [left, right] = [interest(a), interest(b)];
  const differing = left.findIndex((value, index) => value !== right[index]);
  return (right[differing] ?? 0) - (left[differing] ?? 0);
}
