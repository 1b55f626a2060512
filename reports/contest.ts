import type {
  Measurement,
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../results/run-document.ts';
import { type ByBlock, pairedRatio, type Spread, spreadOf } from './spread.ts';
import { byBlock, classOf, trialsOf, usableClosedLoop } from './trials.ts';

/** What a workload's servers are compared by. */
export type Yardstick =
  | { readonly kind: 'throughput' }
  | {
      readonly kind: 'service time';
      readonly className: string;
      readonly percentile: 'p95' | 'p99';
    };

/**
 * How a server stands to the best: `level` when the blocks disagree on which of the two is ahead, `unsure`
 * when fewer than two blocks have both.
 */
export type Standing = 'best' | 'level' | 'behind' | 'unsure' | 'unmeasured';

export interface Entry {
  readonly server: PlannedServer;
  readonly trials: readonly Trial[];
  readonly byBlock: ByBlock;
  readonly value: Spread | null;
  /** This server's value over the best one's. */
  readonly toBest: Spread | null;
  readonly standing: Standing;
}

/** One workload, and how each server did at it, in the plan's order. */
export interface Contest {
  readonly workload: PlannedWorkload;
  readonly yardstick: Yardstick;
  readonly entries: readonly Entry[];
  readonly best: Entry | null;
}

/** Fewer requests than this in a trial do not carry a p99: 1 % of them is a handful. */
const requestsForP99 = 3000;

/**
 * Compares the servers on every workload: by throughput, and where a workload has several classes by the
 * service time of its first one, which is what the others may delay.
 */
export function contestsOf(document: RunDocument): Contest[] {
  return document.plan.workloads.map((workload) => {
    const yardstick = yardstickFor(document, workload);
    const measured = document.plan.servers.map((server) => {
      const trials = trialsOf(document, server.name, workload.name);
      const values = byBlock(trials, (measurement) => read(yardstick, measurement));
      return { server, trials, byBlock: values, value: spreadOf(values) };
    });
    const best = bestOf(measured, yardstick);
    const entries = measured.map((one): Entry => {
      const toBest = best ? pairedRatio(one.byBlock, best.byBlock) : null;
      return { ...one, toBest, standing: standingOf(one, best, toBest) };
    });
    return {
      workload,
      yardstick,
      entries,
      best: entries.find(({ standing }) => standing === 'best') ?? null,
    };
  });
}

function yardstickFor(document: RunDocument, workload: PlannedWorkload): Yardstick {
  const [first, second] = workload.classes;
  if (!first || !second) return { kind: 'throughput' };
  const counts = document.plan.servers
    .flatMap(({ name }) => trialsOf(document, name, workload.name))
    .flatMap((trial) => usableClosedLoop(trial) ?? [])
    .map((measurement) => classOf(measurement, first.name)?.requests.sent ?? 0);
  const percentile = Math.min(...counts) >= requestsForP99 && counts.length > 0 ? 'p99' : 'p95';
  return { kind: 'service time', className: first.name, percentile };
}

function read(yardstick: Yardstick, measurement: Measurement): number | null {
  if (yardstick.kind === 'throughput') return measurement.throughputPerSecond;
  const times = classOf(measurement, yardstick.className)?.serviceTime;
  return (yardstick.percentile === 'p99' ? times?.p99Ms : times?.p95Ms) ?? null;
}

type Measured = Pick<Entry, 'server' | 'byBlock' | 'value'>;

function bestOf<One extends Measured>(measured: readonly One[], { kind }: Yardstick): One | null {
  const sign = kind === 'throughput' ? 1 : -1;
  const rank = ({ value }: One) => (value ? sign * value.median : Number.NEGATIVE_INFINITY);
  const best = measured.toSorted((a, b) => rank(b) - rank(a))[0];
  return best?.value ? best : null;
}

function standingOf(one: Measured, best: Measured | null, toBest: Spread | null): Standing {
  if (!one.value) return 'unmeasured';
  if (one === best) return 'best';
  if (!toBest || toBest.blocks < 2) return 'unsure';
  return toBest.low <= 1 && toBest.high >= 1 ? 'level' : 'behind';
}
