import type { RunDocument } from '../document/run-document.ts';
import { formatNumber } from '../format.ts';
import { coresBusy, cpuMsPerRequest, trialsOf, usableWindow } from '../select.ts';
import { summarise } from '../statistics/summary.ts';
import type { RunGate } from './gate.ts';

/** Standard deviation of the logarithms; on a quiet machine up to 0.054 for windows of a second. */
const largestVariation = 0.11;
const fewestBlocks = 3;
/** Of an idle server, CPU time per request is mostly the cost of waking it, which varies. */
const busyCores = 0.8;
const fewestRequests = 100;

/** The same work costs the same CPU time in every block, unless the machine changes speed. */
export const cpuTimeVaries: RunGate = {
  code: 'cpu-time-varies',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen:
    'from block to block, the CPU time per request of a server that keeps a core busy (80 %) with one class of requests varied by 11 % (standard deviation, three blocks or more)',
  test: (document) => {
    const [worst] = costsOf(document).toSorted((a, b) => b.variation - a.variation);
    if (!worst || worst.variation <= largestVariation) return null;
    const { server, workload, low, high } = worst;
    return {
      message: `a ${workload} request cost ${server} ${formatNumber(low)} to ${formatNumber(high)} ms of CPU time, depending on the block: the machine changed speed, and intervals are wider for it`,
      advice: 'end other programs, fix the CPU frequency, or use a dedicated machine',
    };
  },
};

/** The CPU times per request, in ms, of each server and workload that can show the speed of the machine. */
const costsOf = (document: RunDocument) =>
  document.plan.workloads
    .filter(({ classes }) => classes.length === 1)
    .flatMap(({ name: workload, servers }) =>
      servers.flatMap((server) => {
        const costs = trialsOf(document, { server, workload }).flatMap((trial) => {
          const closed = usableWindow(trial, 'closed');
          const isTelling =
            closed && (coresBusy(closed) ?? 0) >= busyCores && closed.requests.ok >= fewestRequests;
          return (isTelling && cpuMsPerRequest(closed)) || [];
        });
        if (costs.length < fewestBlocks) return [];
        const { standardDeviation: variation } = summarise(costs.map(Math.log));
        return { server, workload, low: Math.min(...costs), high: Math.max(...costs), variation };
      }),
    );
