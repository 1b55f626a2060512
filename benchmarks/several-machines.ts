import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { plural } from '../results/format.ts';
import { UsageError } from '../runner/errors.ts';
import { Network, whyNoNetwork } from '../test/network/network.ts';
import { runProgram } from './harness/program.ts';

/**
 * Load from three machines, each a network namespace, 2 ms away from a fourth one with the servers: the arrivals at the
 * server against the schedule of one generator, all calibration cases that apply, and the three models measured over the
 * network and on this machine alone, whose verdicts must agree.
 *
 *   npm run benchmark:several-machines
 *
 * Five minutes; it needs root, Linux and `bench setup`.
 */
const cli = join(import.meta.dirname, '..', 'runner', 'bin.ts');
const hosts = ['load1', 'load2', 'load3'];
const delayMs = 2;

async function outputOf(
  command: readonly string[],
): Promise<{ code: number | null; stdout: string }> {
  const [program = '', ...words] = command;
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  await once(child, 'close');
  return { code: child.exitCode, stdout };
}

const summarySchema = z.object({
  comparisons: z.array(
    z.object({
      workload: z.string(),
      metric: z.looseObject({ kind: z.string() }),
      first: z.string(),
      second: z.string(),
      verdict: z.string(),
      ratio: z.number().nullable().default(null),
    }),
  ),
});

type Comparison = z.infer<typeof summarySchema>['comparisons'][number];

const nameOf = ({ workload, metric, first, second }: Comparison) =>
  `${workload}, ${metric.kind}: ${[first, second].toSorted().join(' and ')}`;

const outcomeOf = ({ verdict, first, ratio }: Comparison) =>
  verdict === 'faster' ? `${first} ${ratio?.toFixed(2)}×` : verdict;

/** The verdicts of a run of the three models, by what is compared. */
async function verdicts(through: readonly string[], more: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-machines-'));
  const run = ['run', '--workload', 'io,cpu', '--seed', '5', '--quick', '--json', '--quiet'];
  const command = [...through, process.execPath, cli, ...run, '--out', folder, ...more];
  const { stdout } = await outputOf(command);
  await rm(folder, { recursive: true });
  const { comparisons } = summarySchema.parse(JSON.parse(stdout));
  return new Map(comparisons.map((one) => [nameOf(one), one]));
}

/** Two verdicts contradict each other where both name a faster server, and not the same. */
function compareVerdicts(
  local: ReadonlyMap<string, Comparison>,
  remote: ReadonlyMap<string, Comparison>,
): boolean {
  let contradictions = 0;
  for (const [name, one] of local) {
    const other = remote.get(name);
    if (!other) continue;
    const contradict =
      one.verdict === 'faster' && other.verdict === 'faster' && one.first !== other.first;
    if (contradict) contradictions += 1;
    console.log(
      `${contradict ? 'CONTRADICT' : 'ok'} ${name}: here ${outcomeOf(one)}; network ${outcomeOf(other)}`,
    );
  }
  console.log(
    `${plural(contradictions, 'contradiction')} in ${plural(local.size, 'comparison')}\n`,
  );
  return contradictions === 0;
}

await runProgram(async () => {
  const reason = whyNoNetwork();
  if (reason !== null) throw new UsageError(`no network namespaces can be made here: ${reason}.`);
  const network = await Network.create(['app', ...hosts], delayMs);
  const workers: ChildProcess[] = [];
  try {
    const app = network.addressOf('app');
    for (const host of hosts) {
      const [program, ...words] = [...network.on(host), process.execPath, cli, 'worker'];
      workers.push(
        spawn(program, [...words, '--master', app, '--name', host], { stdio: 'ignore' }),
      );
    }
    const program = join(import.meta.dirname, 'several-machines', 'arrivals.ts');
    const onApp = [...network.on('app'), process.execPath];
    const arrivals = await outputOf([...onApp, program, '--host', app, '--workers', '3']);
    console.log(arrivals.stdout);
    const over = ['--load-workers', '3', '--server-address', app, '--master-bind', app];
    const calibration = await outputOf([...onApp, cli, 'calibrate', ...over]);
    console.log(calibration.stdout);
    const agree = compareVerdicts(await verdicts([], []), await verdicts(network.on('app'), over));
    return arrivals.code === 0 && calibration.code === 0 && agree;
  } finally {
    for (const worker of workers) {
      worker.kill('SIGINT');
      await once(worker, 'exit');
    }
    await network.destroy();
  }
});
