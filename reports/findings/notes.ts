import type { PlannedServer, RunDocument, Trial } from '../../results/document/run-document.ts';
import { joinWithAnd, plural } from '../../results/format.ts';
import { serverCores } from '../../results/queueing-model.ts';
import { hasResult } from '../../results/select.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { backgroundNote } from './background-note.ts';
import { databaseNote } from './database.ts';
import { disturbancesInWords } from './disturbances.ts';
import { endingInWords } from './ending.ts';
import { fairnessNote } from './fairness.ts';
import { loadWorkersNote } from './load-workers.ts';
import { serverOnNote } from './server-on.ts';

/** What a run's sentences rest on, and what is missing: an early end, trials without a result, too few blocks. */
export function notesOn(document: RunDocument, rankings: readonly WorkloadRanking[]): string[] {
  const { plan, status } = document;
  const trials = document.trials.filter(({ purpose }) => purpose === 'comparison');
  const usable = trials.filter(hasResult);
  const compared = blocksCompared(rankings);
  return [
    status === 'complete'
      ? ''
      : `${ended[status]}: ${plural(usable.length, 'trial')} gave results.`,
    withoutResult(trials),
    oneCpuNote(document),
    serverOnNote(document) ?? '',
    backgroundNote(document),
    databaseNote(document) ?? '',
    loadWorkersNote(document) ?? '',
    disturbancesInWords(document) ?? '',
    endingInWords(document) ?? '',
    document.trials.length > 0 ? fairnessNote(document) : '',
    attachedNote(plan.servers, usable),
    compared !== null
      ? `Ratios (×) compare with the best server: geometric mean over ${compared}, with its 95 % CI. Other values are medians, with the lowest and highest block in brackets.`
      : '',
    new Set(usable.map(({ block }) => block)).size === 1 && plan.servers.length > 1
      ? 'One block cannot show how much of a difference is chance.'
      : '',
  ].filter((note) => note !== '');
}

/** On one CPU, all models compute one request at a time. */
function oneCpuNote(document: RunDocument): string {
  if (document.trials.length === 0 || serverCores(document) > 1) return '';
  const { cpusAvailable, container } = document.environment;
  const limit =
    cpusAvailable > 1
      ? 'The servers were pinned to one CPU'
      : `This ${container ? 'container' : 'machine'} has one CPU`;
  return `${limit}: computations cannot run in parallel, so models that use several CPUs show no advantage.`;
}

/** Start-to-start variation is part of what is sampled; a server that was already running has one start. */
function attachedNote(servers: readonly PlannedServer[], usable: readonly Trial[]): string {
  const names = servers
    .filter(({ name, attached }) => attached && usable.some(({ server }) => server === name))
    .map(({ name }) => name);
  if (names.length === 0) return '';
  const was = names.length === 1 ? 'was' : 'were';
  return `${joinWithAnd(names)} ${was} already running and ${was} not restarted between trials; the intervals exclude start-to-start variation.`;
}

/** How many blocks the ratios rest on: "6 blocks", or "4 to 6 blocks"; null without ratios. */
function blocksCompared(rankings: readonly WorkloadRanking[]): string | null {
  const counts = rankings.flatMap(({ servers }) =>
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

function withoutResult(trials: readonly Trial[]): string {
  const kinds = {
    failed: trials.filter(({ status }) => status === 'failed'),
    skipped: trials.filter(({ status }) => status === 'skipped'),
    interrupted: trials.filter(({ status }) => status === 'interrupted'),
    void: trials.filter((trial) => trial.status === 'ok' && !hasResult(trial)),
  };
  const parts = Object.entries(kinds).flatMap(([word, { length }]) =>
    length > 0 ? [`${length} ${word}`] : [],
  );
  return parts.length > 0 ? `Trials without a usable result: ${joinWithAnd(parts)}.` : '';
}
