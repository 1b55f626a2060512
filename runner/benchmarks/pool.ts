import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { blockOrders } from '../../results/statistics/block-order.ts';
import { seededRandom } from '../../results/statistics/random.ts';
import { availableCpus } from '../../servers/available-cpus.ts';
import { cpu } from '../../workloads/cpu/cpu.ts';
import { type Generator, startGenerator } from '../load/generator.ts';
import { allContenders, type Contender } from './pool/contenders.ts';
import { measure, withQuietServer } from './pool/measure.ts';
import { renderPage } from './pool/page.ts';
import { type Block, keepReadings, loadReadings } from './pool/readings.ts';
import { type Scenario, scenarios } from './pool/scenarios.ts';

/**
 * Measures the pool side by side with what else there is, and writes docs/pool-benchmark.md.
 *
 *   npm run benchmark:pool -- [--blocks 5] [--seed 1] [--fresh] [scenario …]
 *
 * Blocks are added to those of earlier calls, which are kept in runs/pool-benchmark.json, unless `--fresh`.
 */
const readingsPath = 'runs/pool-benchmark.json';
const pagePath = 'docs/pool-benchmark.md';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    blocks: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
  },
});

/** The Fibonacci number that costs Go about as long as fib(27) costs Node.js. */
async function indexOfSameDemand(generator: Generator): Promise<number> {
  const [pool, go] = ['pool', 'Go'].map((name) =>
    allContenders(1, 27).find((c) => c.name === name),
  );
  if (!pool || !go || !(await isAvailable(go))) return 27;
  const aloneMs = async (contender: Contender): Promise<number> => {
    const figures = await withQuietServer(contender, async (server) => {
      const classes = cpu.requests({ n: contender.fibonacciIndex, times: 1 });
      const loop = { classes, connections: 1, warmupSeconds: 0.3, windowSeconds: 0.5 };
      return { ms: (await measure(server, generator, loop)).p50Ms };
    });
    return figures['ms'] ?? Number.NaN;
  };
  const wantedMs = await aloneMs(pool);
  const candidates: { index: number; distance: number }[] = [];
  for (const index of [27, 28, 29, 30]) {
    const ms = await aloneMs({ ...go, fibonacciIndex: index });
    candidates.push({ index, distance: Math.abs(Math.log(ms / wantedMs)) });
  }
  return candidates.reduce((a, b) => (b.distance < a.distance ? b : a)).index;
}

async function isAvailable({ name, server }: Contender): Promise<boolean> {
  const probe = await server.probe();
  if (!probe.available) console.warn(`without ${name}: ${probe.reason} (${probe.advice})`);
  return probe.available;
}

async function measureBlocks(
  scenario: Scenario,
  contenders: readonly Contender[],
  generators: readonly [Generator, Generator],
): Promise<Block[]> {
  const taking = contenders.filter(({ name }) => scenario.contenders.includes(name));
  const random = seededRandom(Number(flags.seed), 'pool benchmark');
  const orders = blockOrders(
    taking.map(({ name }) => name),
    Number(flags.blocks),
    random,
  );
  const blocks: Block[] = [];
  for (const order of orders) {
    const block: Block = {};
    for (const name of order) {
      const contender = taking.find((candidate) => candidate.name === name);
      if (!contender) continue;
      block[name] = { ...(await scenario.measure(contender, generators)) };
      console.log(`  ${name}: ${JSON.stringify(block[name])}`);
    }
    blocks.push(block);
  }
  return blocks;
}

const chosen = scenarios.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
if (chosen.length === 0) {
  console.error(`there are these scenarios: ${scenarios.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const generators = [startGenerator(), startGenerator()] as const;
try {
  const readings = flags.fresh ? {} : await loadReadings(readingsPath);
  const all = allContenders(availableCpus(), await indexOfSameDemand(generators[0]));
  const contenders: Contender[] = [];
  for (const contender of all) if (await isAvailable(contender)) contenders.push(contender);
  for (const scenario of chosen) {
    console.log(scenario.title);
    const blocks = await measureBlocks(scenario, contenders, generators);
    readings[scenario.name] = [...(readings[scenario.name] ?? []), ...blocks];
    await keepReadings(readingsPath, readings);
    await writeFile(pagePath, renderPage(readings, machine()));
  }
  console.log(`wrote ${pagePath}`);
} finally {
  await Promise.all(generators.map((generator) => generator.stop()));
}

function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${availableCpus()} × ${cpus()[0]?.model ?? 'CPU'}, ${gib} GiB, ${type()} ${release()}, Node.js ${process.versions.node}`;
}
