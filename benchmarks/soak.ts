import { parseArgs } from 'node:util';
import { type Generator, startGenerator } from '../runner/load/generator.ts';
import { parseDurationSeconds } from '../runner/plan/flag-values.ts';
import { eventLoop } from '../servers/event-loop/server.ts';
import { pool } from '../servers/pool/server.ts';
import { prefork } from '../servers/prefork/server.ts';
import { cpu } from '../workloads/cpu.ts';
import { withServer } from './harness/load.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { runProgram } from './harness/program.ts';
import { disturb } from './soak/disturb.ts';
import { type Growth, growthOf } from './soak/growth.ts';
import { type Reading, readOwn, readTree } from './soak/readings.ts';

/**
 * Whether a model or the runner holds more the longer it runs: memory, descriptors, threads, processes and handles,
 * under load, while clients leave in the middle of requests and worker processes are killed. Fails for what grows by
 * more than chance explains. `--publish` writes a section of docs/trust.md.
 *
 *   npm run benchmark:soak -- [--duration 10m] [--publish]
 *
 * Four times the duration: three models, and the runner, which starts and stops servers and loads them.
 */
const windowSeconds = 0.5;
const classes = cpu.requests({ n: 20, times: 1 });
const loop = { connections: 16, warmupSeconds: 0, windowSeconds, timeoutSeconds: 5, seed: 1 };

function load(generator: Generator, url: string): Promise<unknown> {
  const { hostname: host, port } = new URL(url);
  return generator.run({
    ...loop,
    loop: 'closed',
    host,
    port: Number(port),
    classes: [...classes],
  });
}

/** Repeats a step until the time is up, and reads after each. */
async function readings<Held extends Reading>(
  seconds: number,
  step: () => Promise<unknown>,
  read: () => Held | null,
): Promise<Held[]> {
  const found: Held[] = [];
  for (const endMs = performance.now() + 1000 * seconds; performance.now() < endMs; ) {
    await step();
    const held = read();
    if (held) found.push(held);
  }
  if (found.length === 0)
    throw new Error('nothing was read: a longer --duration, on Linux, is needed');
  return found;
}

interface Row {
  readonly name: string;
  readonly growths: ReadonlyMap<string, Growth>;
}

const growthsOf = (found: readonly Reading[]): Map<string, Growth> =>
  new Map(
    Object.keys(found[0] ?? {}).map((key) => [
      key,
      growthOf(found.map((one) => Object.entries(one).find(([name]) => name === key)?.[1] ?? 0)),
    ]),
  );

const tableOf = (rows: readonly Row[]) =>
  markdownTable(
    ['program', 'quantity', 'mean', 'change', '99.75 % CI ±', ''],
    rows.flatMap(({ name, growths }) =>
      [...growths].map(([quantity, { mean, change, halfWidth, isGrowth }]) => {
        const unit = quantity === 'memoryBytes' ? 2 ** 20 : 1;
        const label = quantity === 'memoryBytes' ? 'memory, MiB' : quantity;
        const texts = [mean, change, halfWidth].map((value) => (value / unit).toFixed(2));
        return [name, label, ...texts, isGrowth ? '**grows**' : ''];
      }),
    ),
  );

await runProgram(async () => {
  const options = {
    duration: { type: 'string', default: '10m' },
    publish: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  const seconds = parseDurationSeconds('--duration', values.duration);
  const rows: Row[] = [];
  const generator = startGenerator();
  try {
    for (const server of [eventLoop, prefork, pool]) {
      await withServer({ name: server.name, server, workers: 2 }, async (running) => {
        const end = disturb(running, server === prefork);
        const step = () => load(generator, running.url);
        const found = await readings(seconds, step, () => readTree(running.pid)).finally(end);
        rows.push({ name: server.name, growths: growthsOf(found) });
        return {};
      });
      console.log(`${server.name}: done`);
    }
    const step = () =>
      withServer({ name: pool.name, server: pool, workers: 2 }, async ({ url }) => {
        await load(generator, url);
        return {};
      });
    rows.push({ name: 'runner', growths: growthsOf(await readings(seconds, step, readOwn)) });
  } finally {
    await generator.stop();
  }
  console.log(`\n${tableOf(rows)}`);
  const all = rows.flatMap(({ growths }) => [...growths.values()]);
  if (values.publish) {
    await publishSection('What a long run holds', [
      `\`npm run benchmark:soak\`: ${values.duration} for each program, under load, while clients leave in the middle of requests and worker processes are killed. Memory is what the kernel counts, garbage included.`,
      tableOf(rows),
    ]);
  }
  return all.every(({ isGrowth }) => !isGrowth);
});
