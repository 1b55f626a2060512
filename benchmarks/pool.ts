import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { blockOrders } from '../results/statistics/block-order.ts';
import { seededRandom } from '../results/statistics/random.ts';
import { startGenerator } from '../runner/load/generator.ts';
import { findByName, parseWholeNumber } from '../runner/plan/flag-values.ts';
import { availableCpus } from '../runner/probes/cpus.ts';
import { freshFlag, loadSaved, runProgram, save } from './harness/program.ts';
import { renderPage } from './pool/page.ts';
import { scenarios } from './pool/scenarios.ts';
import { comparedServers } from './pool/servers.ts';

/**
 * Measures the pool next to other servers, and writes docs/pool-benchmark.md.
 *
 *   npm run benchmark:pool -- [--blocks 4] [--seed 1] [--fresh] [scenario …]
 *
 * Eleven minutes. Every block is saved, and a call measures only the blocks that are missing; `--fresh` drops those of
 * the scenarios that it is going to measure.
 */
const pagePath = 'docs/pool-benchmark.md';
const resultsSchema = z.record(
  z.string(),
  z.array(z.record(z.string(), z.record(z.string(), z.number()))),
);

await runProgram(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      blocks: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
      ...freshFlag,
    },
  });
  const blocksWanted = parseWholeNumber('--blocks', values.blocks, 1, 1000);
  const seed = parseWholeNumber('--seed', values.seed, 0, 2 ** 32 - 1);
  const named = positionals.map((name) => findByName('scenario', scenarios, name));
  const chosen = named.length > 0 ? named : scenarios;

  const results = resultsSchema.parse(JSON.parse((await loadSaved('pool')) ?? '{}'));
  if (values.fresh) for (const { name } of chosen) delete results[name];
  const unfinished = chosen.filter(
    ({ name, blocks = blocksWanted }) => (results[name]?.length ?? 0) < blocks,
  );
  const names = new Set(unfinished.flatMap(({ servers }) => servers));
  const generators = [startGenerator(), startGenerator()] as const;
  try {
    const available = await comparedServers(names, availableCpus(), generators[0]);
    for (const scenario of unfinished) {
      console.log(scenario.title);
      const servers = available.filter(({ name }) => scenario.servers.includes(name));
      const orders = blockOrders(
        servers.map(({ name }) => name),
        scenario.blocks ?? blocksWanted,
        seededRandom(seed, `pool benchmark: ${scenario.name}`),
      );
      const blocks = (results[scenario.name] ??= []);
      for (const order of orders.slice(blocks.length)) {
        const ordered = order.flatMap((name) => servers.find((one) => one.name === name) ?? []);
        const block = await scenario.measureBlock(ordered, generators);
        for (const [name, figures] of Object.entries(block)) {
          console.log(`  ${name}: ${JSON.stringify(figures)}`);
        }
        blocks.push({ ...block });
        await save('pool', results);
      }
    }
  } finally {
    await Promise.all(generators.map((generator) => generator.stop()));
  }
  await writeFile(pagePath, renderPage(results));
  console.log(`wrote ${pagePath}`);
  return true;
});
