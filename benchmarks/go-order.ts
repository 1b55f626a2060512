import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement, RunDocument } from '../results/document/run-document.ts';
import { classOf, trialsOf, valuesByBlock, type WindowName } from '../results/select.ts';
import { pairedByBlock } from '../results/statistics/log-ratio.ts';
import { geometricMeanOf } from '../results/statistics/summary.ts';
import { availableCpus } from '../runner/probes/cpus.ts';
import { referenceSources } from '../servers/package-root.ts';
import { runTool } from '../servers/references/build/tools.ts';
import { markdownTable, ratioOf } from './harness/page.ts';
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

/** The Go server with a different order of its work. */
interface Variant {
  readonly name: string;
  readonly about: string;
  readonly command: string;
}

/**
 * Compiles the Go server with computations that take turns.
 *
 * @returns the variants, and the folder that holds them, to be deleted at the end
 */
async function buildVariants(): Promise<{ variants: Variant[]; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'go-order-'));
  await cp(referenceSources(reference), folder, { recursive: true });
  await cp(join(import.meta.dirname, 'go-order', 'turns.go'), join(folder, 'turns.go'));
  const work = join(folder, 'work.go');
  // turns.go declares a `compute` that calls the server's own under this name.
  const renamed = (await readFile(work, 'utf8')).replace('func compute(', 'func computeInTurn(');
  await writeFile(work, renamed);
  const program = join(folder, 'program');
  await runTool('go', ['build', '-o', program, '.'], folder);

  const cpus = availableCpus();
  const inOrder = `computations in the order of arrival, ${cpus} at a time`;
  const command = (computations: number, processors: number) =>
    `COMPUTE_AT_ONCE=${computations} WORKERS=${processors} ${program}`;
  const variants = [
    { name: 'spare-p', about: `GOMAXPROCS=${cpus + 1}`, command: command(1_000_000, cpus + 1) },
    { name: 'in-order', about: inOrder, command: command(cpus, cpus) },
    { name: 'in-order-spare-p', about: 'both', command: command(cpus, cpus + 1) },
  ];
  return { variants, folder };
}

/** How far the slowest requests of a window are from the usual ones, in a workload or one class of it. */
interface TailRatio {
  readonly title: string;
  readonly workload: string;
  readonly window: WindowName;
  readonly of: (measurement: Measurement) => number | null;
}

const divide = (high: number | null | undefined, low: number | null | undefined) =>
  high && low ? high / low : null;

/** 1 where requests are served in the order of arrival, with as many always in flight. */
const p99OverMean = ({ serviceTime }: Measurement) => divide(serviceTime.p99Ms, serviceTime.meanMs);

const p95OverMedian = (className: string) => (measurement: Measurement) => {
  const requests = classOf(measurement, className);
  const times = requests?.responseTime ?? requests?.serviceTime;
  return divide(times?.p95Ms, times?.p50Ms);
};

/** "at 70 %" is an open loop at 70 % of the throughput that the server reached just before. */
const tailRatios: readonly TailRatio[] = [
  {
    title: 'cpu, 64 in flight: p99 / mean',
    workload: 'cpu',
    window: 'closed',
    of: p99OverMean,
  },
  {
    title: 'cpu, at 70 %: p95 / median',
    workload: 'cpu',
    window: 'proportional',
    of: p95OverMedian('cpu'),
  },
  {
    title: 'light in mixed, 64 in flight: p95 / median',
    workload: 'mixed',
    window: 'closed',
    of: p95OverMedian('light'),
  },
  {
    title: 'light in mixed, at 70 %: p95 / median',
    workload: 'mixed',
    window: 'proportional',
    of: p95OverMedian('light'),
  },
];

/** "1.06; 0.73 (0.66–0.80)": the mean over blocks, and its ratio to the reference with the 95 % CI. */
function cellText(document: RunDocument, server: string, tail: TailRatio): string {
  const { workload, window, of } = tail;
  const valuesOf = (name: string) =>
    valuesByBlock(trialsOf(document, { server: name, workload }), window, of);
  const values = valuesOf(server);
  if (values.size === 0) return 'not measured';
  const mean = geometricMeanOf([...values.values()]).toFixed(2);
  const ratio = server === reference ? null : ratioOf(pairedByBlock(values, valuesOf(reference)));
  return ratio ? `${mean}; ${ratio.text}` : mean;
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
