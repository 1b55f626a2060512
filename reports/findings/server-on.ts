import type { RunDocument } from '../../results/document/run-document.ts';
import { milliseconds, plural } from '../../results/format.ts';
import { loadWorkerNames } from './load-workers.ts';

/** Where the servers ran, if not beside the load generator; null otherwise. */
export function serverOnNote(document: RunDocument): string | null {
  const { plan, environment } = document;
  if (!plan.serverOn) return null;
  const { hostname, via, address, roundTripMs, sharesCpus, runner } = plan.serverOn;
  const cores = plural(environment.cpusAvailable, 'core');
  if (loadWorkerNames(document).length > 0) {
    return `The servers ran on ${hostname} (${cores}, ${environment.kernel}) through ${via}, at ${address}.`;
  }
  const trip = `a connection took ${milliseconds(roundTripMs)}, which every response time contains`;
  const place = sharesCpus
    ? `on ${hostname} through ${via}, on the CPUs of the load generator (${cores})`
    : `on ${hostname} (${cores}, ${environment.kernel}) through ${via}, and the load came from ${runner.hostname} (${plural(runner.cpusAvailable, 'core')}, ${runner.kernel})`;
  return `The servers ran ${place}, at ${address}: ${trip}.`;
}
