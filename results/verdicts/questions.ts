import type { RunDocument, Trial } from '../document/run-document.ts';
import { type Pair, pairedLogRatio } from '../statistics/log-ratio.ts';
import type { Evidence, Question } from './compare.ts';
import { floorFor } from './floor.ts';
import { lossesInWords, lossOf } from './loss.ts';
import { higherIsBetter, type Metric } from './metric.ts';
import { metricsOf } from './metrics-of.ts';
import { isTried, type Reading, readMetric } from './read-metric.ts';

/**
 * Every two servers of a run under every workload, by every metric, and what the blocks that have both say
 * of them.
 */
export function questionsOf(document: RunDocument): Question[] {
  const comparisons = document.trials.filter(({ purpose }) => purpose === 'comparison');
  return document.plan.workloads.flatMap((workload) => {
    const trials = comparisons.filter((trial) => trial.workload === workload.name);
    return metricsOf(workload, trials).flatMap((metric) =>
      workload.servers.flatMap((first, index) =>
        workload.servers.slice(index + 1).map((second): Question => {
          const evidence = evidenceFor(document, trials, metric, first, second);
          return { workload: workload.name, metric, first, second, evidence };
        }),
      ),
    );
  });
}

type ByBlock = ReadonlyMap<number, Reading>;

function evidenceFor(
  document: RunDocument,
  trials: readonly Trial[],
  metric: Metric,
  first: string,
  second: string,
): Evidence {
  const [firsts, seconds] = [first, second].map((server) => readByBlock(trials, metric, server));
  if (!firsts?.size) return { measured: false, reason: `${first} was not measured` };
  if (!seconds?.size) return { measured: false, reason: `${second} was not measured` };

  const pairs: (Pair & { requests: number })[] = [];
  for (const [block, a] of firsts) {
    const b = seconds.get(block);
    if (!a.usable || !b?.usable) continue;
    pairs.push({ a: a.value, b: b.value, requests: Math.min(a.requests, b.requests) });
  }
  const losses = [
    lossOf(first, metric, [...firsts.values()]) ?? [],
    lossOf(second, metric, [...seconds.values()]) ?? [],
  ].flat();
  const logRatio = pairedLogRatio(higherIsBetter(metric) ? pairs : pairs.map(swapped));
  if (!logRatio) {
    const few = pairs.length > 0 && losses.length > 0;
    const reason = few ? lossesInWords(losses) : whyTooFew(pairs.length, firsts, seconds);
    return { measured: false, reason };
  }
  const requests = Math.min(...pairs.map((pair) => pair.requests));
  const floor = floorFor(document, metric, { blocks: pairs.length, requests });
  const tried = [...firsts].filter(([block, a]) => {
    const b = seconds.get(block);
    return b !== undefined && isTried(a) && isTried(b);
  });
  return {
    measured: true,
    logRatio,
    blocks: pairs.length,
    blocksTried: tried.length,
    losses,
    floor,
  };
}

function readByBlock(trials: readonly Trial[], metric: Metric, server: string): ByBlock {
  return new Map(
    trials
      .filter((trial) => trial.server === server)
      .map((trial) => [trial.block, readMetric(trial, metric)]),
  );
}

const swapped = ({ a, b }: Pair): Pair => ({ a: b, b: a });

function whyTooFew(pairs: number, firsts: ByBlock, seconds: ByBlock): string {
  const unusable = [...firsts.values(), ...seconds.values()].filter((reading) => !reading.usable);
  const tried = unusable.find(({ cause }) => cause !== 'absent');
  if (tried) return tried.reason;
  return pairs === 1
    ? 'one block does not tell how much of a difference is chance'
    : (unusable[0]?.reason ?? 'no block has both');
}
