import type { LoadWorker, RunDocument } from '../../results/document/run-document.ts';
import { joinWithAnd, milliseconds, plural } from '../../results/format.ts';

/** The load workers of each window; none where the load came from one machine. */
const workersOfWindows = ({ trials }: RunDocument): LoadWorker[][] =>
  trials.flatMap(({ measurements, curve }) =>
    [...measurements, ...curve].map(({ loadWorkers }) => loadWorkers),
  );

/** The windows of a load worker, in the order of its first appearance. */
const windowsByWorker = (document: RunDocument): ReadonlyMap<string, readonly LoadWorker[]> =>
  Map.groupBy(workersOfWindows(document).flat(), ({ name }) => name);

/** The names of the load workers. */
export const loadWorkerNames = (document: RunDocument): readonly string[] => [
  ...windowsByWorker(document).keys(),
];

/** How far the load workers are from the servers, which every response time includes; null without load workers. */
export function loadWorkersNote(document: RunDocument): string | null {
  const workers = [...windowsByWorker(document)];
  if (workers.length === 0) return null;
  const roundTrips = workers.map(([name, windows]) => {
    const ms = Math.min(...windows.map(({ serverRoundTripMs }) => serverRoundTripMs));
    return `${milliseconds(ms)} (${name})`;
  });
  const together = Math.max(...workersOfWindows(document).map(({ length }) => length));
  const names = workers.length > together ? `; ${workers.length} took part` : '';
  return `Each load came from ${plural(together, 'load worker')}${names}. Every response time includes the network round trip to the server: ${joinWithAnd(roundTrips)}.`;
}

/** What was checked about the load workers; undefined without any. */
export function loadWorkersFinding(document: RunDocument): string | undefined {
  const workers = [...windowsByWorker(document)];
  if (workers.length === 0) return undefined;
  const sent = workers.map(([name, windows]) => {
    const requests = windows.reduce((sum, window) => sum + window.requests.sent, 0);
    return `${name} ${requests.toLocaleString('en-US')}`;
  });
  const errors = workers.flatMap(([, windows]) => windows.map(({ clockErrorMs }) => clockErrorMs));
  return `Requests sent: ${joinWithAnd(sent)}. Their clocks are known to ±${milliseconds(Math.max(...errors))}, which is how far apart they may have started.`;
}
