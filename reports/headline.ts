import type { RunDocument } from '../results/run-document.ts';
import { caveatsOf } from './caveats.ts';
import { type Contest, contestsOf } from './contest.ts';
import { advantageOver, contestSentences, rivalIn } from './contest-sentences.ts';

/** The answer of a run. */
export interface Headline {
  /** The sentence to read if only one is read. */
  readonly lead: string;
  /** What else the lead's workload showed, then a line for each other workload. */
  readonly rest: readonly string[];
  /** What the sentences rest on, and what is missing: blocks, an early end, trials without numbers. */
  readonly caveats: readonly string[];
}

export function headlineOf(document: RunDocument, contests = contestsOf(document)): Headline {
  const caveats = caveatsOf(document);
  const lead = contests.toSorted(byInterest)[0];
  if (!lead?.best) {
    const [why = '', ...caveatsLeft] = caveats;
    return { lead: `Nothing was measured. ${why}`.trim(), rest: [], caveats: caveatsLeft };
  }
  const { claim, asides } = contestSentences(lead);
  const others = contests.filter((contest) => contest !== lead).map(contestSentences);
  const lines = [asides, ...others.map((other) => [other.claim, ...other.asides])];
  return {
    lead: `On this machine, ${claim.replace(/^For/, 'for')}`,
    rest: lines.filter((line) => line.length > 0).map((line) => line.join(' ')),
    caveats,
  };
}

/** Leads with the workload where leaving the plan's first server would gain most throughput. */
function byInterest(a: Contest, b: Contest): number {
  const interest = (contest: Contest) => {
    const rival = rivalIn(contest);
    return [
      contest.best ? 1 : 0,
      contest.metric.kind === 'throughput' ? 1 : 0,
      rival && rival === contest.entries[0] ? 1 : 0,
      rival ? advantageOver(rival) : 0,
    ];
  };
  const [left, right] = [interest(a), interest(b)];
  const differing = left.findIndex((value, index) => value !== right[index]);
  return (right[differing] ?? 0) - (left[differing] ?? 0);
}
