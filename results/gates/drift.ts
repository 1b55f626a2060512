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

/** Mean ln throughput of each block that has a number for every server and workload. */
function levelsByBlock(document: RunDocument): number[] {
  const expected = document.plan.workloads.reduce((sum, { servers }) => sum + servers.length, 0);
  const blocks = Map.groupBy(trialsOf(document), ({ block }) => block);
  return [...blocks.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, trials]) =>
      trials.flatMap((trial) => {
        const perSecond = usableWindow(trial, 'closed')?.throughputPerSecond ?? 0;
        return perSecond > 0 ? [Math.log(perSecond)] : [];
      }),
    )
    .filter((logs) => logs.length === expected)
    .map(meanOf);
}
