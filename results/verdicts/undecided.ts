import { assertedServers } from '../assertions/judge.ts';
import type { PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { trialsOf, windowOf } from '../select.ts';
import { decideAll } from './decide.ts';
import { fewestBlocks, type PairEvidence, pairwiseEvidence } from './evidence.ts';
import { mainWindow } from './main-window.ts';
import { isSameMetric, type Metric } from './metric.ts';
import { mainMetric } from './ranking.ts';
import { readMetric, windowFor } from './reading.ts';
import type { Comparison, Verdict } from './verdict.ts';

/** The blocks after which a server that gave no number in any of them is given up. */
const blocksToGiveUp = 2;

/** The servers of a workload that more blocks may decide something about. */
export interface Undecided {
  readonly servers: ReadonlySet<string>;
  /** Those of unclear assertions, which need nothing to be compared with. */
  readonly asserted: ReadonlySet<string>;
  /** Those of comparisons that a few more blocks decide, by what was seen so far. */
  readonly soon: ReadonlySet<string>;
}

const fewMoreBlocks = 4;

/**
 * For each workload that still has some, the servers that more blocks may decide something about: those with a
 * comparison by the workload's main metric that shows neither a difference nor equivalence. A server that has nothing to
 * be compared with is one of them: more blocks narrow the range of its own numbers. So are the servers of an assertion
 * that is unclear. As verdicts are anytime-valid, a run may leave out all other servers, and stop when none is left.
 */
export function undecidedServers(document: RunDocument): ReadonlyMap<string, Undecided> {
  const pairs = pairwiseEvidence(document);
  const comparisons = decideAll(pairs.map(withFailedBlocksForgiven));
  const byAssertion = assertedServers(document);
  return new Map(
    document.plan.workloads.flatMap((workload): [string, Undecided][] => {
      const asserted = byAssertion.get(workload.name) ?? new Set();
      const metric = mainMetric(workload, comparisons);
      const measurable = workload.servers.filter(
        (server) =>
          !isGivenUp(document, workload, server, metric) ||
          pairs.some((pair) => isOf(pair, workload, metric) && failsAlone(pair, server)),
      );
      if (measurable.length === 1) {
        return [[workload.name, { servers: new Set(measurable), asserted, soon: new Set() }]];
      }
      const undecided = comparisons
        .filter((one) => isOf(one, workload, metric))
        .filter(({ verdict }) => awaitsMainWindow(workload, metric) || !isDecided(verdict))
        .filter((pair) => serversOf(pair).every((server) => measurable.includes(server)));
      const servers = new Set([
        ...undecided.flatMap(serversOf),
        ...measurable.filter((server) => asserted.has(server)),
      ]);
      const soon = new Set(
        undecided.filter(({ verdict }) => isSoonDecided(verdict)).flatMap(serversOf),
      );
      return servers.size > 0 ? [[workload.name, { servers, asserted, soon }]] : [];
    }),
  );
}

const serversOf = ({ first, second }: Omit<Comparison, 'verdict'>) => [first, second];

const isOf = (pair: Omit<Comparison, 'verdict'>, { name }: PlannedWorkload, metric: Metric) =>
  pair.workload === name && isSameMetric(pair.metric, metric);

/** Whether a server failed in every block, and another in none: a few more blocks make that a verdict. */
const failsAlone = ({ evidence }: PairEvidence, server: string): boolean =>
  !evidence.measured && evidence.failure?.behind === server;

/** A verdict that is withheld because a block failed stays so: more blocks may decide only what the others show. */
const withFailedBlocksForgiven = (pair: PairEvidence): PairEvidence =>
  pair.evidence.measured ? { ...pair, evidence: { ...pair.evidence, failed: [] } } : pair;

/** Until some block has measured its main window, a workload's main metric is not among those that are compared. */
const awaitsMainWindow = (workload: PlannedWorkload, metric: Metric): boolean =>
  windowFor(metric) !== mainWindow(workload);

function isDecided(verdict: Verdict): boolean {
  if (verdict.kind === 'not-measured' || verdict.blocks < fewestBlocks) return false;
  return verdict.kind !== 'indistinguishable' || verdict.cause === 'below-floor';
}

const isSoonDecided = (verdict: Verdict): boolean =>
  verdict.kind === 'indistinguishable' &&
  verdict.blocksNeeded !== null &&
  verdict.blocksNeeded <= verdict.blocks + fewMoreBlocks;

/** Whether a server failed, was skipped or was overloaded in each of the first blocks. */
function isGivenUp(
  document: RunDocument,
  { name: workload }: PlannedWorkload,
  server: string,
  metric: Metric,
): boolean {
  const first = trialsOf(document, { server, workload })
    .filter((trial) => trial.status !== 'ok' || windowOf(trial, windowFor(metric)))
    .slice(0, blocksToGiveUp)
    .map((trial) => readMetric(trial, metric));
  return (
    first.length === blocksToGiveUp &&
    first.every((reading) => !reading.usable && reading.cause !== 'measuring')
  );
}
