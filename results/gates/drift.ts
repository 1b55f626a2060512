import type { RunDocument } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { trialsOf, usableWindow } from '../select.ts';
import { differencePValue, linearTrend } from '../statistics/estimate.ts';
import { meanOf } from '../statistics/summary.ts';
import type { RunGate } from './gate.ts';

const smallestDrift = 0.03;
const alpha = 0.01;
const fewestBlocks = 4;

/**
 * Whether the whole machine became faster or slower over a run: ln throughput, a mean over all servers, has a trend.
 */
export const drift: RunGate = {
  code: 'drift',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'all servers together became 3 % faster or slower over the run (p < 0.01)',
  test: (document) => {
    const levels = levelsByBlock(document);
    if (levels.length < fewestBlocks) return null;
    const trend = linearTrend(levels);
    const change = Math.expm1(trend.value * (levels.length - 1));
    if (Math.abs(change) < smallestDrift || differencePValue(trend) >= alpha) return null;
    return {
      message: `from the first block to the last, all servers became ${percent(Math.abs(change))} ${change < 0 ? 'slower' : 'faster'}: the machine changed speed, so absolute values do not hold for other runs; comparisons within blocks do`,
      advice: 'check whether the CPU gets hot or other programs run, then run again',
    };
  },
};

/**
 * Mean ln throughput of each block, of each server and workload relative to its mean over the blocks: not every block
 * has all of them.
 */
function levelsByBlock(document: RunDocument): number[] {
  const cells = Map.groupBy(trialsOf(document), ({ server, workload }) => `${workload} ${server}`);
  const deviations = [...cells.values()].flatMap((trials) => {
    const logs = trials.flatMap((trial) => {
      const perSecond = usableWindow(trial, 'closed')?.throughputPerSecond ?? 0;
      return perSecond > 0 ? [{ block: trial.block, log: Math.log(perSecond) }] : [];
    });
    const mean = meanOf(logs.map(({ log }) => log));
    return logs.map(({ block, log }) => ({ block, deviation: log - mean }));
  });
  return [...Map.groupBy(deviations, ({ block }) => block).entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, ofBlock]) => meanOf(ofBlock.map(({ deviation }) => deviation)));
}
