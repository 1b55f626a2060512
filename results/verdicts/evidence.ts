import type { RunDocument, Trial } from '../document/run-document.ts';
import { trialsOf } from '../select.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { type Pair, pairedLogRatio } from '../statistics/log-ratio.ts';
import { meanOf } from '../statistics/summary.ts';
import { isMainMetric } from './main-window.ts';
import { higherIsBetter, type Metric } from './metric.ts';
import { type FailureEvidence, failureEvidence } from './one-failed.ts';
import {
  type FailedBlocks,
  failedBlocksOf,
  isTried,
  metricsOf,
  type Reading,
  readMetric,
} from './reading.ts';
import type { Comparison, Floor } from './verdict.ts';

/** What the blocks show about two servers, or why they show nothing. */
export interface PairEvidence extends Omit<Comparison, 'verdict'> {
  readonly evidence: Evidence;
  /** The comparison's weight among all of the run. */
  readonly weight: number;
}

export type Evidence = MeasuredEvidence | MissingEvidence;

export interface MissingEvidence {
  readonly measured: false;
  readonly reason: string;
  /** Where one server failed in every block and the other in none. */
  readonly failure: FailureEvidence | null;
}

export interface MeasuredEvidence {
  readonly measured: true;
  /** ln(first/second); above 0 where the first is better. */
  readonly logRatio: Estimate;
  /** Blocks in which both servers have a number that is used. */
  readonly blocks: number;
  /** Blocks in which both servers were measured, with or without a usable number. */
  readonly blocksTried: number;
  /** Those of them that are left out because other programs disturbed them. */
  readonly blocksDisturbed: number;
  /** Failed blocks of either server, among the blocks in which both had their turn. */
  readonly failed: readonly FailedBlocks[];
  readonly floor: Floor;
}

/**
 * A comparison by another than its workload's main metric. As each comparison makes claims harder for the others, what is
 * only extra should make it less hard for the questions that a run is made for. Chosen before anything is measured.
 */
const weightOfOthers = 0.25;

/**
 * No comparison counts as decided by fewer blocks: what is rare may not have shown yet. Where as many quiet ones have
 * numbers of both servers, those that other programs disturbed are left out; the host's figures tell which these are.
 */
export const fewestBlocks = 3;

/** The evidence on every two servers of a run, for each workload and metric. */
export function pairwiseEvidence(document: RunDocument): PairEvidence[] {
  return document.plan.workloads.flatMap((workload) => {
    const trials = trialsOf(document, { workload: workload.name });
    return metricsOf(workload, trials).flatMap((metric) => {
      const weight = isMainMetric(workload, metric) ? 1 : weightOfOthers;
      return workload.servers.flatMap((first, index) =>
        workload.servers.slice(index + 1).map((second): PairEvidence => {
          const evidence = evidenceOn(document, trials, metric, [first, second]);
          return { workload: workload.name, metric, first, second, evidence, weight };
        }),
      );
    });
  });
}

type ReadingsByBlock = ReadonlyMap<number, Reading>;

/** @param trials of the workload */
export function evidenceOn(
  document: RunDocument,
  trials: readonly Trial[],
  metric: Metric,
  [first, second]: readonly [string, string],
): Evidence {
  const firsts = readingsByBlock(trials, metric, first);
  const seconds = readingsByBlock(trials, metric, second);
  const missing = firsts.size === 0 ? first : seconds.size === 0 ? second : null;
  if (missing !== null) {
    return { measured: false, reason: `${missing} was not measured`, failure: null };
  }

  const all = [...firsts].flatMap(([block, a]) => {
    const b = seconds.get(block);
    return b ? [{ a, b }] : [];
  });
  const quiet = all.filter(isQuiet);
  const blocks = usableIn(quiet).length >= fewestBlocks ? quiet : all;
  const pairs = usableIn(blocks);
  const [as, bs] = [blocks.map(({ a }) => a), blocks.map(({ b }) => b)];
  const failed = [
    failedBlocksOf(first, metric, as) ?? [],
    failedBlocksOf(second, metric, bs) ?? [],
  ].flat();
  const logRatio = pairedLogRatio(higherIsBetter(metric) ? pairs : pairs.map(swapped));
  if (!logRatio) {
    const reason =
      pairs.length > 0 && failed.length > 0
        ? reasonsOf(failed)
        : whyTooFew(pairs.length, [...as, ...bs], document);
    return { measured: false, reason, failure: failureEvidence(first, second, blocks) };
  }
  const requests = Math.min(...pairs.map((pair) => pair.requests));
  const blocksTried = triedIn(all);
  return {
    measured: true,
    logRatio,
    blocks: pairs.length,
    blocksTried,
    blocksDisturbed: blocksTried - triedIn(blocks),
    failed,
    floor: floorFor(document, metric, { blocks: pairs.length, requests }),
  };
}

const readingsByBlock = (
  trials: readonly Trial[],
  metric: Metric,
  server: string,
): ReadingsByBlock =>
  new Map(
    trialsOf({ trials }, { server }).map((trial) => [trial.block, readMetric(trial, metric)]),
  );

interface ReadingPair {
  readonly a: Reading;
  readonly b: Reading;
}

const isQuiet = ({ a, b }: ReadingPair): boolean => !a.disturbed && !b.disturbed;

const usableIn = (blocks: readonly ReadingPair[]) =>
  blocks.flatMap(({ a, b }) =>
    a.usable && b.usable
      ? [{ a: a.value, b: b.value, requests: Math.min(a.requests, b.requests) }]
      : [],
  );

const triedIn = (blocks: readonly ReadingPair[]): number =>
  blocks.filter(({ a, b }) => isTried(a) && isTried(b)).length;

const swapped = ({ a, b }: Pair): Pair => ({ a: b, b: a });

export const reasonsOf = (failed: readonly FailedBlocks[]): string =>
  failed.map(({ reason }) => reason).join('; ');

function whyTooFew(
  pairs: number,
  readings: readonly Reading[],
  { plan, status }: RunDocument,
): string {
  const unusable = readings.filter((reading) => !reading.usable);
  const tried = unusable.find(({ cause }) => cause !== 'absent');
  if (tried) return tried.reason;
  if (pairs !== 1) return unusable[0]?.reason ?? 'no block has both';
  const why = 'one block cannot show how much of a difference is chance';
  if (plan.blocks === 1) return `${why}; use more --blocks`;
  return status === 'complete'
    ? `${why}; there was no time for more: measure fewer servers or workloads, or take longer`
    : why;
}

/** Times are recorded to three significant digits. */
const timeResolution = 0.001;

/** The highest of three floors below which no difference by this metric is claimed in this run. */
function floorFor(
  document: RunDocument,
  metric: Metric,
  { blocks, requests }: { readonly blocks: number; readonly requests: number },
): Floor {
  const floors: Floor[] = [
    { source: 'plan', share: document.plan.smallestClaim },
    { source: 'same-server', share: sameServerShare(document, metric, blocks) },
    { source: 'resolution', share: metric.kind === 'throughput' ? 1 / requests : timeResolution },
  ];
  return floors.reduce((highest, floor) => (floor.share > highest.share ? floor : highest));
}

/**
 * The A/A floor: how far a mean over so many blocks would put a server from itself, estimated from the trials that
 * repeat another within its block. The larger of two: the mean difference of repeats (a bias, which more blocks do not
 * reduce), and the standard error of a mean about no difference (root mean square / √blocks): where +5 % and −5 %
 * happen to cancel, the first alone is close to nothing. 0 without repeats. For response times, all classes of requests
 * together.
 */
export function sameServerShare(document: RunDocument, metric: Metric, blocks: number): number {
  const logRatios = repeatLogRatios(document, metric);
  if (logRatios.length === 0) return 0;
  const bias = Math.abs(meanOf(logRatios));
  const spread = Math.sqrt(meanOf(logRatios.map((logRatio) => logRatio ** 2)));
  return Math.expm1(Math.max(bias, spread / Math.sqrt(blocks)));
}

/** ln(repeat/first) of each trial that was repeated; without disturbed ones where others are left. */
function repeatLogRatios(document: RunDocument, metric: Metric): number[] {
  const allClasses = metric.kind === 'throughput' ? metric : { ...metric, className: null };
  const compared = trialsOf(document);
  const repeats = document.trials
    .filter(({ purpose }) => purpose === 'control')
    .flatMap((control) => {
      const repeated = compared.find(
        ({ block, server, workload }) =>
          block === control.block && server === control.server && workload === control.workload,
      );
      return repeated
        ? [{ a: readMetric(control, allClasses), b: readMetric(repeated, allClasses) }]
        : [];
    });
  const quiet = usableIn(repeats.filter(isQuiet));
  return (quiet.length > 0 ? quiet : usableIn(repeats)).map(({ a, b }) => Math.log(a / b));
}
