import type { Measurement, RunDocument, Trial } from '../../results/document/run-document.ts';
import { proportionalWindow, usableTrials } from '../../results/fidelity/windows.ts';
import { isVoid } from '../../results/is-void.ts';
import {
  pairedByBlock,
  pairedLogRatio,
  ratioInterval,
} from '../../results/statistics/log-ratio.ts';
import type { ByBlock } from '../../results/statistics/spread.ts';
import { geometricMeanOf } from '../../results/statistics/summary.ts';

/** How far the slowest requests of a trial lie above the usual ones. */
export interface Shape {
  readonly title: string;
  readonly workload: string;
  readonly of: (trial: Trial) => number | null;
}

const over = (high: number | null | undefined, low: number | null | undefined) =>
  high && low ? high / low : null;

/** At 70 % of what the server bore just before. */
const tailAtOwnRate =
  (className: string) =>
  (trial: Trial): number | null => {
    const times = proportionalWindow(trial)?.classes.find(
      ({ name }) => name === className,
    )?.responseTime;
    return over(times?.p95Ms, times?.p50Ms);
  };

const tailWhenFull =
  (className: string) =>
  (trial: Trial): number | null => {
    const times = fullLoop(trial)?.classes.find(({ name }) => name === className)?.serviceTime;
    return over(times?.p95Ms, times?.p50Ms);
  };

/** Where all requests are served in their order, each takes the mean. */
const disorderWhenFull = (trial: Trial): number | null => {
  const times = fullLoop(trial)?.serviceTime;
  return over(times?.p99Ms, times?.meanMs);
};

const fullLoop = ({ measurements }: Trial): Measurement | undefined =>
  measurements.find((one) => one.loop === 'closed' && !isVoid(one));

export const shapes: readonly Shape[] = [
  { title: 'cpu, 64 in flight: p99 / mean', workload: 'cpu', of: disorderWhenFull },
  { title: 'cpu, at 70 %: p95 / median', workload: 'cpu', of: tailAtOwnRate('cpu') },
  {
    title: 'light in mixed, 64 in flight: p95 / median',
    workload: 'mixed',
    of: tailWhenFull('light'),
  },
  { title: 'light in mixed, at 70 %: p95 / median', workload: 'mixed', of: tailAtOwnRate('light') },
];

export function shapeByBlock(document: RunDocument, server: string, shape: Shape): ByBlock {
  return new Map(
    [...usableTrials(document, server, shape.workload)].flatMap(([block, trial]) => {
      const value = shape.of(trial);
      return value === null ? [] : [[block, value] as const];
    }),
  );
}

/** "1.06; 0.73 (0.66–0.80)": the typical block, and the ratio to another server with its 95 % interval. */
export function shapeText(values: ByBlock, others: ByBlock): string {
  const typical = geometricMeanOf([...values.values()]).toFixed(2);
  const estimate = pairedLogRatio(pairedByBlock(values, others));
  if (!estimate) return typical;
  const { ratio, low, high } = ratioInterval(estimate);
  return `${typical}; ${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}
