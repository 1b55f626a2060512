import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
 *   npm run benchmark:several-machines -- [--part arrivals]     (or calibration, or verdicts; all by default)
 *
 * Eight minutes; it needs root, Linux and `bench setup`.
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
  const length = ['--blocks', '5', '--duration', '1s'];
  const run = ['run', '--workload', 'io,cpu', '--seed', '5', ...length, '--json', '--quiet'];
  const command = [...through, process.execPath, cli, ...run, '--out', folder, ...more];
  const { stdout } = await outputOf(command);
  await rm(folder, { recursive: true });
  const { comparisons } = summarySchema.parse(JSON.parse(stdout));
  return new Map(comparisons.map((one) => [nameOf(one), one]));
}

/** Verdicts agree, or contradict each other, where both name a faster server; others show nothing. */
function compareVerdicts(
  local: ReadonlyMap<string, Comparison>,
  remote: ReadonlyMap<string, Comparison>,
): boolean {
  let [contradictions, agreements] = [0, 0];
  for (const [name, one] of local) {
    const other = remote.get(name);
    if (!other) continue;
    const bothClaim = one.verdict === 'faster' && other.verdict === 'faster';
    const contradict = bothClaim && one.first !== other.first;
    if (contradict) contradictions += 1;
    else if (bothClaim) agreements += 1;
    console.log(
      `${contradict ? 'CONTRADICT' : 'ok'} ${name}: here ${outcomeOf(one)}; network ${outcomeOf(other)}`,
    );
  }
  console.log(
    `${plural(contradictions, 'contradiction')} in ${plural(local.size, 'comparison')}\n`,
  );
  return contradictions === 0 && agreements > 0;
}

type Part = (network: Network, over: readonly string[]) => Promise<boolean>;

const parts: Readonly<Record<string, Part>> = {
  async arrivals(network) {
    const program = join(import.meta.dirname, 'several-machines', 'arrivals.ts');
    const words = ['--host', network.addressOf('app'), '--workers', String(hosts.length)];
    const { code, stdout } = await outputOf([...onApp(network), program, ...words]);
    console.log(stdout);
    return code === 0;
  },
  async calibration(network, over) {
    const { code, stdout } = await outputOf([...onApp(network), cli, 'calibrate', ...over]);
    console.log(stdout);
    return code === 0;
  },
  async verdicts(network, over) {
    return compareVerdicts(await verdicts([], []), await verdicts(network.on('app'), over));
  },
};

const onApp = (network: Network) => [...network.on('app'), process.execPath];

await runProgram(async () => {
  const { values } = parseArgs({ options: { part: { type: 'string' } } });
  const names = values.part === undefined ? Object.keys(parts) : [values.part];
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
    const over = ['--load-workers', '3', '--server-address', app, '--master-bind', app];
    let isGood = true;
    for (const name of names) {
      const { [name]: part } = parts;
      if (!part) throw new UsageError(`--part must be ${Object.keys(parts).join(', ')}.`);
      if (!(await part(network, over))) isGood = false;
    }
    return isGood;
  } finally {
    for (const worker of workers) {
      worker.kill('SIGINT');
      await once(worker, 'exit');
    }
    await network.destroy();
  }
});
