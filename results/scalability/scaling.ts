import type { PlannedServer, PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { type LoadCurve, loadCurvesOf } from '../load-curve/load-curve.ts';
import { trialsOf, valuesByBlock } from '../select.ts';
import { halfWidth, meanEstimate } from '../statistics/estimate.ts';
import { leastSquares } from '../statistics/least-squares.ts';
import {
  pairedByBlock,
  pairedLogRatio,
  type RatioInterval,
  ratioInterval,
  usualConfidence,
} from '../statistics/log-ratio.ts';
import { type ByBlock, geometricMeanOf, type Spread, spreadOf } from '../statistics/summary.ts';
import { type Law, lawOf } from './law.ts';
import type { Interval } from './usl.ts';

/** What was measured with one number of workers. */
export interface ScalingRow {
  readonly workers: number;
  readonly server: PlannedServer;
  /** Of the closed loop, in requests/s: the geometric mean over the blocks. */
  readonly throughput: Interval;
  /** The throughput as a share of the highest one, block by block; the highest itself is exactly 1. */
  readonly ofBest: RatioInterval;
  /** Memory of the server under load; null where the platform does not report it. */
  readonly memoryBytes: Spread | null;
  readonly curve: LoadCurve | null;
}

/** How a server's throughput under one workload depends on its number of workers. */
export interface Scaling {
  /** Its name without a number of workers. */
  readonly server: string;
  readonly workload: PlannedWorkload;
  /** The blocks in which every number of workers below was measured. */
  readonly blocks: number;
  /** Lowest number of workers first. */
  readonly rows: readonly ScalingRow[];
  /** The highest throughput. */
  readonly best: ScalingRow;
  /** The fewest workers whose throughput is nearly the highest. */
  readonly enough: ScalingRow;
  readonly law: Law;
  /** What each further worker adds to the server's memory; null where it is not known. */
  readonly bytesPerWorker: Interval | null;
}

/** Throughput that is nearly the highest: a share of it. */
export const enoughShare = 0.95;
/** Fewer blocks give no interval worth the name. */
export const fewestBlocks = 3;

/** One for each server that was measured with several numbers of workers, and each of its workloads that has numbers. */
export const scalingsOf = (document: RunDocument): Scaling[] =>
  document.plan.workloads.flatMap((workload) => {
    const variants = document.plan.servers.filter(
      ({ name, variantOf }) => variantOf !== undefined && workload.servers.includes(name),
    );
    return [...Map.groupBy(variants, ({ variantOf = '' }) => variantOf)].flatMap(
      ([server, servers]) => scalingOf(document, workload, server, servers) ?? [],
    );
  });

/** A number of workers with its windows, block by block. */
interface Sample {
  readonly workers: number;
  readonly server: PlannedServer;
  readonly perSecond: ByBlock;
  readonly memory: ByBlock;
}

function scalingOf(
  document: RunDocument,
  workload: PlannedWorkload,
  name: string,
  servers: readonly PlannedServer[],
): Scaling | null {
  const samples = servers
    .flatMap((server): Sample[] => {
      const trials = trialsOf(document, { server: server.name, workload: workload.name });
      const perSecond = valuesByBlock(trials, 'closed', (one) => one.throughputPerSecond || null);
      const memory = valuesByBlock(trials, 'closed', (one) => one.server.pssBytes);
      const { workers } = server;
      return workers === null || perSecond.size < fewestBlocks
        ? []
        : [{ workers, server, perSecond, memory }];
    })
    .toSorted((a, b) => a.workers - b.workers);
  const blocks = blocksWithAll(samples.map(({ perSecond }) => perSecond));
  if (samples.length < 2 || blocks.length < fewestBlocks) return null;

  const complete = samples.map((sample) => ({
    ...sample,
    perSecond: only(sample.perSecond, blocks),
  }));
  const meanOfSample = ({ perSecond }: Sample) => geometricMeanOf([...perSecond.values()]);
  const top = complete.reduce((one, other) =>
    meanOfSample(other) > meanOfSample(one) ? other : one,
  );
  const curves = loadCurvesOf(document, workload).servers;
  const rows = complete.map(({ workers, server, perSecond, memory }) => ({
    workers,
    server,
    throughput: throughputOf(perSecond),
    ofBest: ratioOf(perSecond, top.perSecond),
    memoryBytes: spreadOf(memory),
    curve: curves.find((curve) => curve.server === server.name) ?? null,
  }));
  const best = rows[complete.indexOf(top)];
  const enough = rows.find(({ ofBest }) => ofBest.ratio >= enoughShare);
  if (!best || !enough) return null;
  return {
    server: name,
    workload,
    blocks: blocks.length,
    rows,
    best,
    enough,
    law: lawOf(
      blocks.map((block) =>
        complete.map(({ workers, perSecond }) => ({
          workers,
          perSecond: perSecond.get(block) ?? Number.NaN,
        })),
      ),
    ),
    bytesPerWorker: bytesPerWorker(samples),
  };
}

const blocksWithAll = ([first, ...others]: readonly ByBlock[]): number[] =>
  [...(first?.keys() ?? [])].filter((block) => others.every((other) => other.has(block)));

const only = (values: ByBlock, blocks: readonly number[]): ByBlock =>
  new Map([...values].filter(([block]) => blocks.includes(block)));

function throughputOf(perSecond: ByBlock): Interval {
  const estimate = meanEstimate([...perSecond.values()].map(Math.log));
  const { ratio, low, high } = ratioInterval(estimate, halfWidth(estimate, usualConfidence));
  return { value: ratio, low, high };
}

function ratioOf(perSecond: ByBlock, best: ByBlock): RatioInterval {
  const estimate = pairedLogRatio(pairedByBlock(perSecond, best));
  if (!estimate) return { ratio: Number.NaN, low: 0, high: Number.POSITIVE_INFINITY };
  return ratioInterval(estimate, halfWidth(estimate, usualConfidence));
}

/** The slope of a line through memory by workers, fitted in each block. */
function bytesPerWorker(samples: readonly Sample[]): Interval | null {
  const blocks = blocksWithAll(samples.map(({ memory }) => memory));
  if (blocks.length < fewestBlocks) return null;
  const rows = samples.map(({ workers }) => [1, workers]);
  const slopes = blocks.map((block) => {
    const bytes = samples.map(({ memory }) => memory.get(block) ?? Number.NaN);
    return leastSquares(rows, bytes)[1] ?? Number.NaN;
  });
  const estimate = meanEstimate(slopes);
  const reach = halfWidth(estimate, usualConfidence);
  return { value: estimate.value, low: estimate.value - reach, high: estimate.value + reach };
}
