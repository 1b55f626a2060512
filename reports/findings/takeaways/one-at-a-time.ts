import type { PlannedServer, RunDocument } from '../../../results/document/run-document.ts';
import { trialsOf, valuesByBlock } from '../../../results/select.ts';
import { spreadOf } from '../../../results/statistics/summary.ts';
import { formatNumber, plural } from '../numbers.ts';
import type { Finding } from './takeaway.ts';

/** Waits end a little late, never early: more than this above the workers' number is not measurement error. */
const tolerance = 1.02;
/** Below this share of the workers the load kept too few of them busy to tell. */
const busyShare = 0.8;

/**
 * Whether a server had at most one request in hand a worker: by Little's law as many as its throughput times the
 * time that each asks to wait.
 */
export function oneAtATime(document: RunDocument, server: PlannedServer): Finding {
  const waiting = document.plan.workloads.find(
    ({ classes, servers }) =>
      classes.length === 1 && (classes[0]?.waitMs ?? 0) > 0 && servers.includes(server.name),
  );
  const waitMs = waiting?.classes[0]?.waitMs ?? 0;
  const trials = waiting ? trialsOf(document, { server: server.name, workload: waiting.name }) : [];
  const inHand = spreadOf(
    valuesByBlock(
      trials,
      'closed',
      ({ throughputPerSecond }) => (throughputPerSecond * waitMs) / 1000,
    ),
  );
  if (!inHand || server.workers === null) {
    return {
      server,
      outcome: 'cannot tell',
      text: 'No work that only waits was measured.',
    };
  }
  const text = `${formatNumber((1000 * inHand.median) / waitMs)} requests/s that each wait ${waitMs} ms are ${formatNumber(inHand.median, inHand)} in hand at a time, with ${plural(server.workers, 'worker')}.`;
  const outcome =
    inHand.low > tolerance * server.workers
      ? 'not supported'
      : inHand.high <= tolerance * server.workers && inHand.low >= busyShare * server.workers
        ? 'supported'
        : 'cannot tell';
  return { server, outcome, text };
}
