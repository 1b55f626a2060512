import type { Measurement, RunDocument, Trial } from '../../results/document/run-document.ts';
import { joinWithAnd } from '../../results/format.ts';
import { isUsable, trialsOf, windowOf } from '../../results/select.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { serverInWords } from './words.ts';

/** Which database the servers used, and what it cost beside each of them; null without a database. */
export function databaseNote(document: RunDocument): string | null {
  const { database, workloads } = document.plan;
  if (!database || document.trials.length === 0) return null;
  const { version, isOwn, connectionsEach } = database;
  const origin = isOwn ? 'your own' : 'started by this run, on the CPUs of the servers';
  const uses = workloads.flatMap(({ name }) => useUnder(document, name) ?? []);
  const memory = document.trials.flatMap(memoryMiB);
  return [
    `Database: ${version}, ${origin}; at most ${connectionsEach} connections for each server, or one for each of its workers.`,
    ...(uses.length > 0 ? uses : ['Its CPU time is unknown.']),
    memory.length > 0 ? `Its memory was up to ${Math.max(...memory).toFixed(0)} MiB.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** "CPU use on crud: 0.5 cores with the event loop and 0.9 with the pool (closed loop)." */
function useUnder(document: RunDocument, workload: string): string | null {
  const parts = document.plan.servers.flatMap(({ name }) => {
    const cores = trialsOf(document, { server: name, workload }).flatMap(databaseCores);
    return cores.length > 0
      ? [{ cores: medianOf(cores).toFixed(1), server: serverInWords(name) }]
      : [];
  });
  if (parts.length === 0) return null;
  const uses = parts.map(({ cores, server }, index) =>
    index === 0 ? `${cores} cores with ${server}` : `${cores} with ${server}`,
  );
  return `CPU use on ${workload}: ${joinWithAnd(uses)} (closed loop).`;
}

function databaseCores(trial: Trial): number[] {
  const closed = windowOf(trial, 'closed');
  if (!closed || !isUsable(trial, closed)) return [];
  const seconds = closed.database?.cpuSeconds ?? null;
  return seconds === null ? [] : [seconds / closed.windowSeconds];
}

const memoryMiB = ({ measurements }: Trial): number[] =>
  measurements.flatMap(({ database }: Measurement) =>
    typeof database?.pssBytes === 'number' ? [database.pssBytes / 2 ** 20] : [],
  );
