import type { RunDocument } from './document/run-document.ts';

/** Cores that the servers of a run could use: those they were kept to, as far as this process may use them. */
export function serverCores({
  plan: { cpuLayout },
  environment: { cpusAvailable },
}: Pick<RunDocument, 'plan' | 'environment'>): number {
  const kept = cpuLayout.serverCpus.length;
  return kept > 0 ? Math.min(kept, cpusAvailable) : cpusAvailable;
}
