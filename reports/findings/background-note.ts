import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
} from '../../results/document/run-document.ts';
import { joinWithAnd } from '../../results/format.ts';
import { queueingModelOf } from '../../results/queueing-model.ts';
import { coresBusy, isUsable, trialsOf, windowOf } from '../../results/select.ts';
import { backgroundThreads } from '../../results/statistics/queueing/models.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { serverInWords } from './words.ts';

/** One thread, with the helper threads of its runtime, uses no more cores than this. */
const oneThreadCores = 1.1;

/** Where an event loop used other threads of Node.js: how many cores it kept busy on each workload, in a sentence; empty where none did. */
export function backgroundNote(document: RunDocument): string {
  const { servers, workloads } = document.plan;
  const seen = servers.flatMap((server) => {
    const figures = workloads.flatMap((workload) => {
      if (queueingModelOf(server, workload) !== backgroundThreads) return [];
      const cores = coresUsed(document, server, workload);
      return cores !== null && cores > oneThreadCores
        ? [`${cores.toFixed(1)} cores busy on ${workload.name}`]
        : [];
    });
    return figures.length > 0 ? [`${serverInWords(server.name)} kept ${joinWithAnd(figures)}`] : [];
  });
  if (seen.length === 0) return '';
  return `JavaScript runs in one thread, but Node.js hashes passwords in others: ${joinWithAnd(seen)}.`;
}

/** The median over the closed loops; null where none shows it. */
function coresUsed(
  document: RunDocument,
  { name: server }: PlannedServer,
  { name: workload }: PlannedWorkload,
): number | null {
  const busy = trialsOf(document, { server, workload }).flatMap((trial) => {
    const closed = windowOf(trial, 'closed');
    return closed && isUsable(trial, closed) ? (coresBusy(closed) ?? []) : [];
  });
  return busy.length > 0 ? medianOf(busy) : null;
}
