import type { RunDocument } from '../results/run-document.ts';
import { type Contest, contestsOf } from './contest.ts';
import { advantageOver, contestSentences, rivalIn } from './contest-sentence.ts';
import { listed, plural } from './numbers.ts';
import { usableClosedLoop } from './trials.ts';

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
  if (!lead?.best)
    return {
      lead: `Nothing was measured. ${caveats[0] ?? ''}`.trim(),
      rest: [],
      caveats: caveats.slice(1),
    };
  const { claim, asides } = contestSentences(lead);
  const others = contests.filter((contest) => contest !== lead).map(contestSentences);
  const lines = [asides, ...others.map((other) => [other.claim, ...other.asides])];
  return {
    lead: `On this machine, ${claim.replace(/^For/, 'for')}`,
    rest: lines.filter((line) => line.length > 0).map((line) => line.join(' ')),
    caveats,
  };
}

/**
 * Leads with the workload where leaving the plan's first server would gain most; with throughput rather than
 * a closed loop's times, which say little about response times.
 */
function byInterest(a: Contest, b: Contest): number {
  const interest = (contest: Contest) => {
    const rival = rivalIn(contest);
    return [
      contest.best ? 1 : 0,
      contest.yardstick.kind === 'throughput' ? 1 : 0,
      rival && rival === contest.entries[0] ? 1 : 0,
      (rival && advantageOver(rival, contest)?.median) ?? 0,
    ];
  };
  const [left, right] = [interest(a), interest(b)];
  const differing = left.findIndex((value, index) => value !== right[index]);
  return (right[differing] ?? 0) - (left[differing] ?? 0);
}

function caveatsOf({ plan, status, trials: all }: RunDocument): string[] {
  const trials = all.filter(({ purpose }) => purpose === 'comparison');
  const planned = plan.blocks * plan.servers.length * plan.workloads.length;
  const usable = trials.filter(usableClosedLoop);
  const blocks = new Set(usable.map(({ block }) => block)).size;
  return [
    status === 'complete'
      ? ''
      : `${ended[status]}: ${usable.length} of ${plural(planned, 'planned trial')} gave numbers.`,
    withoutNumbers(trials),
    blocks > 1 ? `Ranges run from the lowest to the highest of ${plural(blocks, 'block')}.` : '',
    blocks === 1 ? 'With one block, nothing tells how much of a difference is chance.' : '',
  ].filter((caveat) => caveat !== '');
}

const ended = {
  running: 'The run had not ended when this was written',
  failed: 'The run failed before its end',
  interrupted: 'The run was interrupted',
} as const;

function withoutNumbers(trials: RunDocument['trials']): string {
  const count = (what: string, has: (trial: RunDocument['trials'][number]) => boolean) => {
    const number = trials.filter(has).length;
    return number > 0 ? [`${number} ${what}`] : [];
  };
  const parts = [
    ...count('failed', ({ status }) => status === 'failed'),
    ...count('skipped', ({ status }) => status === 'skipped'),
    ...count('interrupted', ({ status }) => status === 'interrupted'),
    ...count('void', (trial) => trial.status === 'ok' && !usableClosedLoop(trial)),
  ];
  return parts.length > 0 ? `Trials without usable numbers: ${listed(parts)}.` : '';
}
