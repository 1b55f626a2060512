import { rm } from 'node:fs/promises';
import type { Measurement, RunDocument, Trial } from '../results/document/run-document.ts';
import { proportionalWindow, usableTrials } from '../results/fidelity/windows.ts';
import { isVoid } from '../results/select.ts';
import { pairedByBlock, pairedLogRatio, ratioInterval } from '../results/statistics/log-ratio.ts';
import type { ByBlock } from '../results/statistics/spread.ts';
import { geometricMeanOf } from '../results/statistics/summary.ts';
import { buildVariants } from './go-order/variants.ts';
import { markdownTable } from './harness/page.ts';
import { runProgram } from './harness/program.ts';
import { run } from './harness/run.ts';

/**
 * Why the slowest requests of Go are slower than those of the pool: the Go server next to itself with computations in
 * order, with a P (a processor of Go's scheduler) to spare, and with both, which is how the pool works.
 *
 *   npm run benchmark:go-order
 *
 * Eight minutes.
 */
const reference = 'go-net-http';

/** How far the slowest requests of a trial are from the usual ones. */
interface TailRatio {
  readonly title: string;
  readonly workload: string;
  readonly of: (trial: Trial) => number | null;
}

type Percentiles = Measurement['serviceTime'] | null | undefined;

const p95OverMedian = (times: Percentiles) => ratioOf(times?.p95Ms, times?.p50Ms);

const ratioOf = (high: number | null | undefined, low: number | null | undefined) =>
  high && low ? high / low : null;

const closedLoop = ({ measurements }: Trial): Measurement | undefined =>
  measurements.find((measurement) => measurement.loop === 'closed' && !isVoid(measurement));

const classOf = (measurement: Measurement | undefined, className: string) =>
  measurement?.classes.find(({ name }) => name === className);

/** "at 70 %" is an open loop at 70 % of the throughput that the server reached just before. */
const tailRatios: readonly TailRatio[] = [
  {
    title: 'cpu, 64 in flight: p99 / mean', // 1 where requests are served in the order of arrival
    workload: 'cpu',
    of: (trial) => {
      const times = closedLoop(trial)?.serviceTime;
      return ratioOf(times?.p99Ms, times?.meanMs);
    },
  },
  {
    title: 'cpu, at 70 %: p95 / median',
    workload: 'cpu',
    of: (trial) => p95OverMedian(classOf(proportionalWindow(trial), 'cpu')?.responseTime),
  },
  {
    title: 'light in mixed, 64 in flight: p95 / median',
    workload: 'mixed',
    of: (trial) => p95OverMedian(classOf(closedLoop(trial), 'light')?.serviceTime),
  },
  {
    title: 'light in mixed, at 70 %: p95 / median',
    workload: 'mixed',
    of: (trial) => p95OverMedian(classOf(proportionalWindow(trial), 'light')?.responseTime),
  },
];

function valuesByBlock(document: RunDocument, server: string, tail: TailRatio): ByBlock {
  const trials = [...usableTrials(document, server, tail.workload)];
  return new Map(
    trials.flatMap(([block, trial]) => {
      const value = tail.of(trial);
      return value === null ? [] : [[block, value] as const];
    }),
  );
}

/** "1.06; 0.73 (0.66–0.80)": the mean over blocks, and its ratio to the reference with the 95 % CI. */
function cellText(document: RunDocument, server: string, tail: TailRatio): string {
  const values = valuesByBlock(document, server, tail);
  const mean = geometricMeanOf([...values.values()]).toFixed(2);
  const pairs = pairedByBlock(values, valuesByBlock(document, reference, tail));
  const estimate = server === reference ? null : pairedLogRatio(pairs);
  if (!estimate) return mean;
  const { ratio, low, high } = ratioInterval(estimate);
  return `${mean}; ${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

await runProgram(async () => {
  const { variants, folder } = await buildVariants();
  try {
    const document = await run({
      name: 'go-order',
      flags: {
        model: reference,
        exec: variants.map(({ command }) => command),
        name: variants.map(({ name }) => name),
        workload: 'cpu?n=28,mixed?n=28',
        blocks: '6',
        duration: '2s',
      },
    });
    const servers = [{ name: reference, about: 'unchanged' }, ...variants];
    console.log(
      markdownTable(
        ['server', 'what is different', ...tailRatios.map(({ title }) => title)],
        servers.map(({ name, about }) => [
          name,
          about,
          ...tailRatios.map((tail) => cellText(document, name, tail)),
        ]),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  return true;
});
