import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { blockOrders } from '../results/statistics/block-order.ts';
import { seededRandom } from '../results/statistics/random.ts';
import { type Generator, startGenerator } from '../runner/load/generator.ts';
import { availableCpus } from '../runner/probes/cpus.ts';
import { allContenders, type Contender, work } from './pool/contenders.ts';
import { renderPage } from './pool/page.ts';
import { keepReadings, loadReadings, type Readings } from './pool/readings.ts';
import { workOfSameDemand } from './pool/same-demand.ts';
import { type Scenario, scenarios } from './pool/scenarios.ts';

/**
 * Measures the pool side by side with what else there is, and writes docs/pool-benchmark.md, in about eleven minutes.
 *
 *   npm run benchmark:pool -- [--blocks 4] [--seed 1] [--fresh] [scenario …]
 *
 * Blocks are kept in runs/pool-benchmark.json as they are measured: a call goes on where an earlier one ended, until
 * there are so many blocks of each scenario. `--fresh` forgets those of the scenarios that it is about to measure.
 */
const readingsPath = 'runs/pool-benchmark.json';
const pagePath = 'docs/pool-benchmark.md';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    blocks: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
  },
});

async function isAvailable({ name, server }: Contender): Promise<boolean> {
  const probe = await server.probe();
  if (!probe.available) console.warn(`without ${name}: ${probe.reason} (${probe.advice})`);
  return probe.available;
}

/** The blocks that a scenario still lacks are measured and kept, one by one. */
async function measureScenario(
  scenario: Scenario,
  contenders: readonly Contender[],
  generators: readonly [Generator, Generator],
  readings: Readings,
): Promise<void> {
  const taking = contenders.filter(({ name }) => scenario.contenders.includes(name));
  const orders = blockOrders(
    taking.map(({ name }) => name),
    blocksOf(scenario),
    seededRandom(Number(flags.seed), `pool benchmark: ${scenario.name}`),
  );
  const blocks = (readings[scenario.name] ??= []);
  for (const order of orders.slice(blocks.length)) {
    const inOrder = order.flatMap(
      (name) => taking.find((contender) => contender.name === name) ?? [],
    );
    const block = await scenario.measureBlock(inOrder, generators);
    for (const [name, figures] of Object.entries(block)) {
      console.log(`  ${name}: ${JSON.stringify(figures)}`);
    }
    blocks.push(block);
    await keepReadings(readingsPath, readings);
    await writeFile(pagePath, renderPage(readings, machine()));
  }
}

function blocksOf({ blocks = Number(flags.blocks) }: Scenario): number {
  return blocks;
}

async function availableContenders(asked: readonly Scenario[], generator: Generator) {
  const names = new Set(asked.flatMap(({ contenders }) => contenders));
  const workers = availableCpus();
  const sameDemand = names.has('Go, same demand')
    ? await workOfSameDemand(workers, generator)
    : work;
  const contenders: Contender[] = [];
  for (const contender of allContenders(workers, sameDemand)) {
    if (names.has(contender.name) && (await isAvailable(contender))) contenders.push(contender);
  }
  return contenders;
}

if (!/^[1-9]\d*$/.test(flags.blocks)) {
  console.error(`--blocks must be a whole number from 1 on; "${flags.blocks}" is not.`);
  process.exit(2);
}
const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown !== undefined) {
  const names = scenarios.map(({ name }) => name).join(', ');
  console.error(`There is no scenario named "${unknown}". There are: ${names}.`);
  process.exit(2);
}
const readings = await loadReadings(readingsPath);
const chosen = scenarios.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
if (flags.fresh) for (const { name } of chosen) delete readings[name];
const lacking = chosen.filter(
  (scenario) => (readings[scenario.name]?.length ?? 0) < blocksOf(scenario),
);
const generators = [startGenerator(), startGenerator()] as const;
try {
  const contenders = await availableContenders(lacking, generators[0]);
  for (const scenario of lacking) {
    console.log(scenario.title);
    await measureScenario(scenario, contenders, generators, readings);
  }
  await writeFile(pagePath, renderPage(readings, machine()));
  console.log(`wrote ${pagePath}`);
} finally {
  await Promise.all(generators.map((generator) => generator.stop()));
}

function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${availableCpus()} × ${cpus()[0]?.model ?? 'CPU'}, ${gib} GiB, ${type()} ${release()}, Node.js ${process.versions.node}`;
}
