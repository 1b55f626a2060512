import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunDocument } from '../results/document/run-document.ts';
import { percent, plural } from '../results/format.ts';
import { loadCurvesOf } from '../results/load-curve/load-curve.ts';
import type { LoadLimit } from '../results/load-curve/load-limit.ts';
import { queueingSeconds } from '../results/statistics/queueing/formulas.ts';
import { seededRandom } from '../results/statistics/random.ts';
import { medianOf } from '../results/statistics/summary.ts';
import {
  type QueueBehaviour,
  quantileOf,
  queueResponseTimes,
  serviceTimes,
} from '../runner/calibration/known-times.ts';
import { UsageError } from '../runner/errors.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { nodeCommand, runSeeds } from './harness/run.ts';

/**
 * Whether saturation, capacity under an objective and mean response time are those of queueing theory, on servers whose
 * queue is known: one server and two with exponential service, and ten workers that wait. Fails when a saturation is more
 * than 3 % off, a capacity more than 5 %, or a mean response time at 80 % load or less more than 15 % from the formula
 * (medians over runs: at 75 % load, the mean of a few seconds varies by a third), or when fewer than 9 of 10 intervals
 * contain the truth. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:known-queues -- [--runs 10] [--blocks 6] [--duration 5s] [--queue one-server] [--fresh]
 *
 * Less than two minutes a run. A saved run with the same settings is not repeated without `--fresh`. With `--queue`, the
 * runs of one queue are measured and saved, so that several calls can go on at once: these servers wait, and need hardly
 * any CPU time.
 */
const tolerated = { saturation: 0.03, capacity: 0.05, mean: 0.15, covered: 0.9 };

type Queue = QueueBehaviour & { readonly servers: number };

const queues: Readonly<Record<string, Queue>> = {
  'one-server': { kind: 'queue', meanMs: 10, servers: 1 },
  'two-servers': { kind: 'queue', meanMs: 20, servers: 2 },
  'ten-workers': { kind: 'queue', meanMs: 50, servers: 10, constant: true },
};
const belowMs = 100;
const knownServer = join(import.meta.dirname, '../runner/calibration/known-server.ts');

const saturationOf = ({ meanMs, servers }: Queue) => (1000 * servers) / meanMs;

/** The p95 response time at a share of the saturation, by simulation. */
function p95At(queue: Queue, share: number): number {
  const random = seededRandom(2, 'arrivals');
  const perMs = (share * saturationOf(queue)) / 1000;
  let at = 0;
  const arrivals = Array.from({ length: 200_000 }, () => {
    at -= Math.log(1 - random()) / perMs;
    return at;
  });
  return quantileOf(
    queueResponseTimes(arrivals, serviceTimes({ ...queue, seed: 1 }), queue.servers),
    0.95,
  );
}

/** The load at which p95 reaches a limit: bisection. */
function trueCapacity(queue: Queue): number {
  let [low, high] = [0.05, 0.995];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (p95At(queue, middle) < belowMs) low = middle;
    else high = middle;
  }
  return low * saturationOf(queue);
}

interface Judged {
  readonly error: number | null;
  readonly isCovered: boolean;
}

const judge = (limit: LoadLimit, truth: number): Judged =>
  limit.kind === 'measured'
    ? {
        error: limit.perSecond / truth - 1,
        isCovered:
          limit.interval !== null && limit.interval.low <= truth && truth <= limit.interval.high,
      }
    : { error: null, isCovered: false };

/** What one run found of one queue. */
function findingsOf(document: RunDocument, server: string, capacity: number) {
  const queue = queues[server];
  const [curve] = document.plan.workloads
    .flatMap((workload) => loadCurvesOf(document, workload).servers)
    .filter((one) => one.server === server);
  const [objective] = curve?.objectives ?? [];
  if (!queue || !curve || !objective) throw new Error(`${server} has no load curve`);
  const serviceSeconds = queue.meanMs / 1000;
  const service = { meanSeconds: serviceSeconds, squaredVariation: queue.constant ? 0 : 1 };
  const means = curve.points.flatMap(({ offeredPerSecond, mean }) => {
    const queued = queueingSeconds(queue.servers, offeredPerSecond, service);
    const isLow = offeredPerSecond <= 0.8 * saturationOf(queue);
    return mean && isLow && queued !== null
      ? [mean.median / 1000 / (serviceSeconds + queued) - 1]
      : [];
  });
  return {
    saturation: judge(curve.saturation, saturationOf(queue)),
    capacity: judge(objective.capacity, capacity),
    means,
  };
}

/** The median error at the lowest load of each run, at the next one, and so on. */
const meansOf = (runs: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.min(...runs.map(({ length }) => length)) }, (_, index) =>
    medianOf(runs.flatMap((means) => means[index] ?? [])),
  );

const signed = (share: number) => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;

/** The median error, infinite where a run has none. */
const medianError = (judged: readonly Judged[]) =>
  medianOf(judged.map(({ error }) => error ?? Number.POSITIVE_INFINITY));

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10' },
      blocks: { type: 'string', default: '6' },
      duration: { type: 'string', default: '5s' },
      queue: { type: 'string' },
      ...freshFlag,
    },
  });
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const { blocks, duration, fresh } = values;
  const measureQueue = (name: string, queue: Queue) => {
    const flags = {
      exec: [nodeCommand(knownServer, {}, [JSON.stringify(queue)])],
      name: [name],
      path: ['/'],
      objective: [`p95<${belowMs}ms`],
      blocks,
      duration,
    };
    // Calls that go on at once would wait for each other, and these servers need hardly any CPU time.
    const change = { controls: false, patientShare: 0 };
    return runSeeds(`known-queues-${name}`, runs, { flags, change, fresh });
  };
  if (values.queue !== undefined) {
    const { [values.queue]: queue } = queues;
    if (!queue) throw new UsageError(`--queue must be ${Object.keys(queues).join(', ')}.`);
    await measureQueue(values.queue, queue);
    return true;
  }
  const results = await Array.fromAsync(Object.entries(queues), async ([name, queue]) => {
    const documents = await measureQueue(name, queue);
    const truth = trueCapacity(queue);
    const found = documents.map((document) => findingsOf(document, name, truth));
    return { name, truth, saturation: saturationOf(queue), found };
  });

  const all = results.flatMap(({ found }) => found);
  const limits = all.flatMap(({ saturation, capacity }) => [saturation, capacity]);
  const covered = limits.filter(({ isCovered }) => isCovered).length;
  const rows = results.map(({ name, truth, saturation, found }) => {
    const errors = {
      saturation: medianError(found.map((one) => one.saturation)),
      capacity: medianError(found.map((one) => one.capacity)),
      mean: Math.max(...meansOf(found.map(({ means }) => means)).map(Math.abs)),
    };
    const isRight =
      Math.abs(errors.saturation) <= tolerated.saturation &&
      Math.abs(errors.capacity) <= tolerated.capacity &&
      found.every(({ means }) => means.length > 0) &&
      errors.mean <= tolerated.mean;
    const inInterval = (of: 'saturation' | 'capacity') =>
      found.filter((one) => one[of].isCovered).length;
    return {
      isRight,
      cells: [
        name,
        `${saturation.toFixed(0)}/s: ${signed(errors.saturation)}, in ${inInterval('saturation')} of ${found.length} intervals`,
        `p95 < ${belowMs} ms, ${truth.toFixed(1)}/s: ${signed(errors.capacity)}, in ${inInterval('capacity')} of ${found.length} intervals`,
        percent(errors.mean),
      ],
    };
  });
  await publishSection('Servers whose queue is known', [
    `\`npm run benchmark:known-queues\`: one server and two with exponential service, and ten workers that wait 50 ms, in ${plural(runs, 'run')} of ${plural(Number(blocks), 'block')} each. Median errors: saturation at most ${percent(tolerated.saturation)}, capacity under an objective ${percent(tolerated.capacity)}; mean response times at each load up to 80 % ${percent(tolerated.mean)} from the formula; 9 of 10 intervals must contain the truth. **${covered} of ${limits.length} intervals do.**`,
    markdownTable(
      ['queue', 'saturation', 'capacity under the objective', 'largest error of a mean'],
      rows.map(({ cells }) => cells),
    ),
  ]);
  return rows.every(({ isRight }) => isRight) && covered >= tolerated.covered * limits.length;
});
