import type { PlannedServer, RunDocument, Trial } from '../../results/document/run-document.ts';
import { usableWindow } from '../../results/select.ts';
import { type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { fairnessSentence } from './fairness.ts';
import { listed, plural } from './numbers.ts';

/** What a run's sentences rest on, and what is missing: an early end, trials without numbers, too few blocks. */
export function caveatsOf(document: RunDocument, contests: readonly WorkloadRanking[]): string[] {
  const { plan, status, trials: all } = document;
  const compared = blocksCompared(contests);
  const trials = all.filter(({ purpose }) => purpose === 'comparison');
  const planned =
    plan.blocks * plan.workloads.reduce((sum, { servers }) => sum + servers.length, 0);
  const usable = trials.filter((trial) => usableWindow(trial, 'closed'));
  const blocks = new Set(usable.map(({ block }) => block)).size;
  return [
    status === 'complete'
      ? ''
      : `${ended[status]}: ${usable.length} of ${plural(planned, 'planned trial')} gave numbers.`,
    withoutNumbers(trials),
    fairnessSentence(document),
    ofOneLaunch(plan.servers, usable),
    compared !== null
      ? `Ratios are means over ${compared} with 95 % intervals; other ranges run from the lowest block to the highest.`
      : '',
    blocks === 1 ? 'With one block, nothing tells how much of a difference is chance.' : '',
  ].filter((caveat) => caveat !== '');
}

/** A launch is a part of what is sampled (see docs/methodology.md); of a server that ran already there is but one. */
function ofOneLaunch(servers: readonly PlannedServer[], usable: readonly Trial[]): string {
  const names = servers
    .filter(({ name, attached }) => attached && usable.some(({ server }) => server === name))
    .map(({ name }) => name);
  if (names.length === 0) return '';
  const ran = names.length === 1 ? 'ran already and was' : 'ran already and were';
  return `${listed(names)} ${ran} not started afresh for each trial: how much starts of a program differ is in no interval, and another start may be faster or slower.`;
}

/** On how many blocks the ratios rest: "6 blocks", or "4 to 6 blocks"; null where there are none. */
function blocksCompared(contests: readonly WorkloadRanking[]): string | null {
  const counts = contests.flatMap(({ servers }) =>
    servers.flatMap(({ toLeader, comparison }) =>
      toLeader && comparison && comparison.verdict.kind !== 'not-measured'
        ? [comparison.verdict.blocks]
        : [],
    ),
  );
  if (counts.length === 0) return null;
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest < most ? `${fewest} to ${plural(most, 'block')}` : plural(most, 'block');
}

const ended = {
  running: 'The run had not ended when this was written',
  failed: 'The run failed before its end',
  interrupted: 'The run was interrupted',
} as const;

function withoutNumbers(trials: readonly Trial[]): string {
  const count = (what: string, has: (trial: Trial) => boolean) => {
    const number = trials.filter(has).length;
    return number > 0 ? [`${number} ${what}`] : [];
  };
  const parts = [
    ...count('failed', ({ status }) => status === 'failed'),
    ...count('skipped', ({ status }) => status === 'skipped'),
    ...count('interrupted', ({ status }) => status === 'interrupted'),
    ...count('void', (trial) => trial.status === 'ok' && !usableWindow(trial, 'closed')),
  ];
  return parts.length > 0 ? `Trials without usable numbers: ${listed(parts)}.` : '';
}
