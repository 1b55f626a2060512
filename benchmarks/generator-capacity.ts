import { TimeRecorder } from '../results/document/distribution.ts';
import { seededRandom } from '../results/statistics/random.ts';
import { meanOf } from '../results/statistics/summary.ts';
import { type Generator, startGenerator } from '../runner/load/generator.ts';
import type { Load, LoadResult } from '../runner/load/load.ts';
import { mergeResults } from '../runner/load/merge-results.ts';
import { arrivalSchedule } from '../runner/load/open-loop/arrival-schedule.ts';
import { probeResources } from '../runner/probes/resources.ts';
import { launch } from '../servers/launch/launch.ts';
import { choosePort } from '../servers/launch/ports.ts';
import { pool } from '../servers/pool/server.ts';
import { hello } from '../workloads/hello.ts';
import { type MasterCost, measureMaster } from './generator-capacity/many-workers.ts';
import { markdownTable } from './harness/page.ts';
import { runProgram } from './harness/program.ts';

/**
 * What sending a request costs the load generator and merging results costs the runner; hence how many load workers a
 * million requests per second would take, which is more than one machine can show. And what the master does with many
 * workers, which are simulated: they send what real ones send, and no load.
 *
 *   npm run benchmark:generator-capacity
 *
 * Two minutes; it needs `bench setup`, and Linux.
 */
const host = '127.0.0.1';
const rates = [1000, 2000, 4000, 8000];
const repeats = 3;
const manyPerSecond = 1_000_000;
/** As bench run does: below the 70 % of a core at which the load generator counts as saturated. */
const mostOfCore = 0.6;

/** CPU time per request in µs, of an open loop at a rate. */
async function costAt(ratePerSecond: number, port: number, generator: Generator) {
  const load: Load = {
    loop: 'open',
    host,
    port,
    classes: [...hello.requests({})],
    ratePerSecond,
    arrivals: 'poisson',
    maxConnections: 1000,
    warmupSeconds: 1,
    windowSeconds: 3,
    timeoutSeconds: 5,
    seed: 1,
  };
  let probe = probeResources(null);
  let cpuSeconds = Number.NaN;
  const result = await generator.run(load, ({ type }) => {
    if (type === 'window-started') probe = probeResources(generator.pid);
    if (type === 'window-ended') cpuSeconds = probe.stop().resources.cpuSeconds ?? Number.NaN;
  });
  return { micros: (cpuSeconds * 1e6) / result.requests.sent, result };
}

async function measureRequests(): Promise<{ costs: number[]; sample: LoadResult }> {
  const port = await choosePort(host);
  const server = await launch(pool, { host, port, workers: 2, backlog: 4096 });
  const generator = startGenerator();
  const costs: number[] = [];
  let sample: LoadResult | undefined;
  try {
    for (const rate of rates) {
      const micros: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const measured = await costAt(rate, port, generator);
        micros.push(measured.micros);
        sample = measured.result;
      }
      costs.push(meanOf(micros));
    }
  } finally {
    await generator.stop();
    await server.stop();
  }
  if (!sample) throw new Error('nothing was measured');
  return { costs, sample };
}

/** Response times that spread over five orders of magnitude, so that their histograms are as long as they get. */
function withLongHistograms(result: LoadResult): LoadResult {
  const random = seededRandom(1, 'times');
  const recorder = new TimeRecorder();
  for (let index = 0; index < 100_000; index++) recorder.record(10 ** (5 * random() - 1));
  const times = recorder.summarise();
  return { ...result, serviceTime: times, responseTime: times };
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return Math.min(...times);
}

await runProgram(async () => {
  const { costs, sample } = await measureRequests();
  console.log('Cost of a request of `hello` in an open loop, over all threads of the generator\n');
  console.log(
    markdownTable(
      ['req/s', 'CPU, µs per request', 'of a core'],
      rates.map((rate, index) => [
        rate.toLocaleString('en-US'),
        (costs[index] ?? Number.NaN).toFixed(0),
        (((costs[index] ?? Number.NaN) * rate) / 1e6).toFixed(2),
      ]),
    ),
  );
  const micros = costs.at(-1) ?? Number.NaN;
  const perProcess = (mostOfCore * 1e6) / micros;
  const processes = Math.ceil(manyPerSecond / perProcess);
  console.log(
    `\n${manyPerSecond.toLocaleString('en-US')} req/s: ${processes} processes of ${Math.round(perProcess).toLocaleString('en-US')} req/s each, ${Math.ceil(processes / 8)} load workers with 8 CPUs or ${Math.ceil(processes / 32)} with 32.`,
  );
  const seconds = 1.25;
  const schedule = {
    warmupSeconds: 0,
    windowSeconds: seconds,
    arrivals: 'poisson' as const,
    weights: [1],
    seed: 1,
  };
  const scheduleMs = timeOf(() =>
    arrivalSchedule({ ...schedule, ratePerSecond: manyPerSecond, share: { index: 0, of: 100 } }),
  );
  console.log(
    `The schedule of ${seconds} s at that rate takes each process ${scheduleMs.toFixed(0)} ms, before the start.\n`,
  );
  const long = withLongHistograms(sample);
  const bytes = JSON.stringify(long).length;
  console.log(`Merging results of ${(bytes / 1024).toFixed(0)} KiB each\n`);
  const counts = [2, 10, 100];
  const merges = counts.map((count) => {
    const [first = long, ...others] = Array.from({ length: count }, () => long);
    return [String(count), timeOf(() => mergeResults(first, ...others)).toFixed(1)];
  });
  console.log(markdownTable(['load workers', 'ms'], merges));
  console.log('\nThe master with simulated load workers, while a load runs\n');
  const masters: MasterCost[] = [];
  for (const count of [3, 10, 30, 100]) masters.push(await measureMaster(count, long));
  console.log(
    markdownTable(
      ['load workers', 'Locust, of a core', 'runner, of a core', 'from window to result, ms'],
      masters.map(({ workers, masterCores, runnerCores, resultMs }) => [
        String(workers),
        masterCores.toFixed(2),
        runnerCores.toFixed(2),
        resultMs.toFixed(0),
      ]),
    ),
  );
  return true;
});
