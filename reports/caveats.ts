import type { RunDocument } from '../results/run-document.ts';
import type { Contest } from './contest.ts';
import { listed, plural } from './numbers.ts';
import { usableIn } from './trials.ts';

/** What a run's sentences rest on, and what is missing: an early end, trials without numbers, too few blocks. */
export function caveatsOf(
  { plan, status, trials: all }: RunDocument,
  contests: readonly Contest[],
): string[] {
  const compared = contests.some(({ entries }) => entries.some(({ toLeader }) => toLeader));
  const trials = all.filter(({ purpose }) => purpose === 'comparison');
  const planned =
    plan.blocks * plan.workloads.reduce((sum, { servers }) => sum + servers.length, 0);
  const usable = trials.filter((trial) => usableIn(trial, 'closed'));
  const blocks = new Set(usable.map(({ block }) => block)).size;
  return [
    status === 'complete'
      ? ''
      : `${ended[status]}: ${usable.length} of ${plural(planned, 'planned trial')} gave numbers.`,
    withoutNumbers(trials),
    blocks > 1 && compared
      ? `Ratios are means over ${plural(blocks, 'block')} with 95 % intervals; other ranges run from the lowest block to the highest.`
      : '',
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
    ...count('void', (trial) => trial.status === 'ok' && !usableIn(trial, 'closed')),
  ];
  return parts.length > 0 ? `Trials without usable numbers: ${listed(parts)}.` : '';
}
