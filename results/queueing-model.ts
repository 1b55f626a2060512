import type { PlannedServer, PlannedWorkload, RunDocument } from './document/run-document.ts';
import {
  backgroundThreads,
  type ConcurrencyModel,
  eventLoop,
  pool,
  prefork,
  processorSharing,
  threads,
} from './statistics/queueing/models.ts';

const models: Readonly<Record<string, ConcurrencyModel>> = {
  'event-loop': eventLoop,
  prefork,
  pool,
  threads,
};

/**
 * The queueing model of a server under a workload; null where its design or the work is not known. A reference has the
 * model of the server that models it, except Go, whose scheduler preempts. An event loop that has its computations made
 * in the background is limited by the threads that make them.
 */
export function queueingModelOf(
  { name, kind, modelledBy }: Pick<PlannedServer, 'name' | 'kind' | 'modelledBy'>,
  { classes, isUnknown }: Pick<PlannedWorkload, 'classes' | 'isUnknown'>,
): ConcurrencyModel | null {
  if (kind === 'custom' || isUnknown) return null;
  const family = modelledBy ?? name;
  const inBackground = classes.some(({ computesInBackground }) => computesInBackground);
  if (family === 'event-loop' && inBackground) return backgroundThreads;
  // The threads of one process share libuv's; under node:cluster each process has its own.
  if (family === 'threads' && inBackground) return kind === 'model' ? backgroundThreads : pool;
  if (kind === 'reference' && family === 'pool') return processorSharing;
  return Object.hasOwn(models, family) ? (models[family] ?? null) : null;
}

/** The number of cores that the servers of a run may use. */
export function serverCores({
  plan: { cpuLayout },
  environment: { cpusAvailable },
}: Pick<RunDocument, 'plan' | 'environment'>): number {
  const pinned = cpuLayout.serverCpus.length;
  return pinned > 0 ? Math.min(pinned, cpusAvailable) : cpusAvailable;
}
