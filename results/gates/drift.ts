import type { RunDocument, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { differencePValue, linearTrend } from '../statistics/estimate.ts';
import { meanOf } from '../statistics/summary.ts';
import { readMetric } from '../verdicts/reading.ts';

const smallestDrift = 0.03;
const alpha = 0.01;
const fewestBlocks = 4;

/**
 * Whether the whole machine became faster or slower over a run: the mean of ln throughput over all servers
 * and workloads, block by block, has a trend. Blocks that lack a server are left out.
 */
export function drift(document: RunDocument): Warning[] {
  const levels = levelsByBlock(document);
  if (levels.length < fewestBlocks) return [];
  const trend = linearTrend(levels);
  const change = Math.expm1(trend.value * (levels.length - 1));
  if (Math.abs(change) < smallestDrift || differencePValue(trend) >= alpha) return [];
  return [
    {
      code: 'drift',
      severity: 'warn',
      message: `from the first block to the last, all servers became ${percent(Math.abs(change))} ${change < 0 ? 'slower' : 'faster'} together: the machine drifted`,
      advice:
        'comparisons within blocks stand; do not compare the levels with those of other runs, and see whether the machine gets hot or busy',
    },
  ];
}

function levelsByBlock({ plan, trials }: RunDocument): number[] {
  const cells = plan.workloads.reduce((sum, { servers }) => sum + servers.length, 0);
  const compared = trials.filter(({ purpose }) => purpose === 'comparison');
  const blocks = Map.groupBy(compared, ({ block }) => block);
  return [...blocks.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, inBlock]) =>
      inBlock.flatMap((trial) => {
        const reading = readMetric(trial, { kind: 'throughput' });
        return reading.usable ? [Math.log(reading.value)] : [];
      }),
    )
    .filter((logs) => logs.length === cells)
    .map(meanOf);
}
