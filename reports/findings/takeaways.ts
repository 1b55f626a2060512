import type { PlannedServer, RunDocument } from '../../results/document/run-document.ts';
import { formatFactor, formatNumber, percent, plural } from '../../results/format.ts';
import { trialsOf, valuesByBlock } from '../../results/select.ts';
import { spreadOf } from '../../results/statistics/summary.ts';
import { valueRatio } from '../../results/verdicts/ranking.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import { ratioRange } from './numbers.ts';

/** Whether a run supports a claim, by a stated rule. */
type Outcome = 'supported' | 'not supported' | 'inconclusive';

export interface Takeaway {
  /** A sentence of the lesson. */
  readonly claim: string;
  readonly rule: string;
  /** One for each server that the claim is about and that ran. */
  readonly outcomes: readonly {
    readonly server: PlannedServer;
    readonly outcome: Outcome;
    /** What was measured. */
    readonly text: string;
  }[];
}

/** A server keeps up when its throughput is at least this share of another's. */
const enough = 0.9;

const keepsUp = `has at least ${percent(enough)} of the throughput of every other server of its kind (models are compared with models, reference servers with reference servers; 95 % CI)`;

/** The claims of the lesson whose servers ran, and whether this run supports them. */
export function takeawaysOf(document: RunDocument, comparisons: readonly Comparison[]): Takeaway[] {
  const family = (model: string) =>
    document.plan.servers.filter(
      ({ name, kind, modelledBy }) =>
        name === model || (kind === 'reference' && modelledBy === model),
    );
  const keepingUp = (model: string, onCpu: 'yes' | 'no') =>
    family(model).map((server) => {
      const seen = [
        { ...throughputOf(document, comparisons, server, 'io'), expected: 'yes' },
        { ...throughputOf(document, comparisons, server, 'cpu'), expected: onCpu },
      ];
      const clear = seen.filter(({ keepsUp: answer }) => answer !== 'unclear');
      const outcome: Outcome = clear.some(({ keepsUp: answer, expected }) => answer !== expected)
        ? 'not supported'
        : clear.length === seen.length
          ? 'supported'
          : 'inconclusive';
      return { server, outcome, text: `${seen.map(({ text }) => text).join('; ')}.` };
    });
  return [
    {
      claim: 'Go is great whether the work is I/O- or CPU-bound.',
      rule: `Supported where a server ${keepsUp} on io and on cpu.`,
      outcomes: keepingUp('pool', 'yes'),
    },
    {
      claim: 'Node.js and Express work well for I/O, but struggle with CPU-bound tasks.',
      rule: `Supported where a server ${keepsUp} on io, and does not on cpu.`,
      outcomes: keepingUp('event-loop', 'no'),
    },
    {
      claim: 'Python serves one request at a time per process.',
      rule: 'Supported where throughput × wait per request is no more than the number of workers, and the load kept the workers busy.',
      outcomes: family('prefork').map((server) => oneAtATime(document, server)),
    },
  ].filter(({ outcomes }) => outcomes.length > 0);
}

/**
 * Whether a server keeps up with every other of its kind, so that a language is not taken for a model: `no` when the
 * whole interval of some ratio lies below `enough`, `yes` when none reaches below it.
 */
function throughputOf(
  { plan }: RunDocument,
  comparisons: readonly Comparison[],
  server: PlannedServer,
  workload: string,
): { readonly keepsUp: 'yes' | 'no' | 'unclear'; readonly text: string } {
  const kinds = new Map(plan.servers.map(({ name, kind }) => [name, kind]));
  const rivals = comparisons.flatMap((comparison) => {
    const { first, second, metric } = comparison;
    if (comparison.workload !== workload || metric.kind !== 'throughput') return [];
    if (first !== server.name && second !== server.name) return [];
    const rival = first === server.name ? second : first;
    const ratio = valueRatio(comparison, server.name);
    return ratio && kinds.get(rival) === server.kind ? [{ rival, ratio }] : [];
  });
  const [closest] = rivals.toSorted((a, b) => a.ratio.ratio - b.ratio.ratio);
  if (!closest) return { keepsUp: 'unclear', text: `${workload}: not compared` };
  const { value } = formatFactor(closest.ratio);
  const text = `${workload}: ${value} the throughput of ${closest.rival} (${ratioRange(closest.ratio)})`;
  if (rivals.some(({ ratio }) => ratio.high < enough)) return { keepsUp: 'no', text };
  if (rivals.every(({ ratio }) => ratio.low >= enough)) return { keepsUp: 'yes', text };
  return { keepsUp: 'unclear', text };
}

/** Waits end a little late, never early: a larger excess over the number of workers is no measurement error. */
const tolerance = 1.02;
/** Below this share of the workers, the load kept too few of them busy. */
const busyShare = 0.8;

/** Whether a server had at most one request in flight per worker, by Little's law: throughput × the wait of each. */
function oneAtATime(document: RunDocument, server: PlannedServer): Takeaway['outcomes'][number] {
  const waiting = document.plan.workloads.find(
    ({ classes, servers }) =>
      classes.length === 1 && (classes[0]?.waitMs ?? 0) > 0 && servers.includes(server.name),
  );
  const waitMs = waiting?.classes[0]?.waitMs ?? 0;
  const trials = waiting ? trialsOf(document, { server: server.name, workload: waiting.name }) : [];
  const inFlight = spreadOf(
    valuesByBlock(
      trials,
      'closed',
      ({ throughputPerSecond }) => (throughputPerSecond * waitMs) / 1000,
    ),
  );
  const { workers } = server;
  if (!inFlight || workers === null) {
    return { server, outcome: 'inconclusive', text: 'No workload that only waits was measured.' };
  }
  const { median, low, high } = inFlight;
  const most = tolerance * workers;
  const isBusy = low >= busyShare * workers;
  return {
    server,
    outcome: low > most ? 'not supported' : high <= most && isBusy ? 'supported' : 'inconclusive',
    text: `${formatNumber((1000 * median) / waitMs)} requests/s × ${waitMs} ms = ${formatNumber(median, inFlight)} in flight, with ${plural(workers, 'worker')}.`,
  };
}
