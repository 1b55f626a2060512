import { parseArgs } from 'node:util';
import { withInterrupts } from '../runner/interrupts.ts';
import { WarmGenerator } from '../runner/load/warm-generator.ts';
import { localMachine } from '../runner/machine/local-machine.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import type { ConfiguredServer, ConfiguredWorkload } from '../runner/plan/plan.ts';
import { planRun, runFlagsSchema } from '../runner/plan/run-options.ts';
import { readEnvironment } from '../runner/probes/environment.ts';
import { launchServer, type RunContext } from '../runner/run/launched-server.ts';
import { measureClosedLoop, measureOpenLoop } from '../runner/run/measure.ts';
import { RunDatabase } from '../runner/run/run-database.ts';
import { openSession, type Session } from '../runner/run/session.ts';
import { markdownTable, publishSection, ratioOf } from './harness/page.ts';
import { runProgram } from './harness/program.ts';

/**
 * Whether a server that has served other workloads gives other numbers than a fresh one: in each block, one launch that
 * served the other workloads and one that did not are measured in turns, in alternating order. Writes its part of
 * docs/trust.md.
 *
 *   npm run benchmark:used-launch -- [--model event-loop,prefork,pool] [--blocks 6] [--duration 1s]
 *
 * Five minutes for three models and six blocks.
 */
const loadShare = 0.6;
const longestRestMs = 8_000;
const tolerated = 0.03;

interface Figures {
  readonly throughputPerSecond: number;
  readonly responseMs: number;
  readonly memoryBytes: number;
}

const measures = [
  ['throughput', 'throughputPerSecond'],
  ['mean response time', 'responseMs'],
  ['memory', 'memoryBytes'],
] as const satisfies readonly (readonly [string, keyof Figures])[];

/** A closed loop, and an open loop at a share of the throughput of the fresh server; the first class of requests. */
async function figuresOf(session: Session, perSecond: number | null) {
  const closed = await measureClosedLoop(session);
  const { throughputPerSecond } = closed;
  const rate = {
    kind: 'shared',
    perSecond: loadShare * (perSecond ?? throughputPerSecond),
  } as const;
  const windowSeconds = session.plan.durationSeconds;
  const open = await measureOpenLoop(session, rate, { windowSeconds });
  return {
    throughputPerSecond,
    responseMs: open.classes[0]?.responseTime?.meanMs ?? Number.NaN,
    memoryBytes: closed.server.pssBytes ?? Number.NaN,
  };
}

/** The figures of a used launch and of a fresh one in the same block. */
async function comparedLaunches(
  context: RunContext,
  server: ConfiguredServer,
  workload: ConfiguredWorkload,
  block: number,
): Promise<{ readonly used: Figures; readonly fresh: Figures }> {
  const used = await launchServer(context, server);
  try {
    for (const other of context.plan.workloads.filter((one) => one !== workload)) {
      await measureClosedLoop(await openSession(context, used, { workload: other, block }));
    }
    await used.running.processes.comesToRest(longestRestMs);
    const fresh = await launchServer(context, server);
    try {
      const figures = new Map<typeof used, Figures>();
      for (const launched of block % 2 === 0 ? [used, fresh] : [fresh, used]) {
        const session = await openSession(context, launched, { workload, block });
        const [before = null] = [...figures.values()];
        figures.set(launched, await figuresOf(session, before?.throughputPerSecond ?? null));
      }
      const [a, b] = [figures.get(used), figures.get(fresh)];
      if (!a || !b) throw new Error('both launches were measured');
      return { used: a, fresh: b };
    } finally {
      await fresh.close();
    }
  } finally {
    await used.close();
  }
}

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'event-loop,prefork,pool' },
      blocks: { type: 'string', default: '6' },
      duration: { type: 'string', default: '1s' },
    },
  });
  const { model, duration } = values;
  const blocks = parseWholeNumber('--blocks', values.blocks, 2, 1000);
  const plan = planRun(runFlagsSchema.parse({ model, duration, seed: '1' }));
  const generator = new WarmGenerator({ cpus: plan.cpuLayout.clientCpus, processes: 1 });
  const cells = plan.servers.flatMap((server) =>
    plan.workloads.map((workload) => ({
      server,
      workload,
      figures: [] as { used: Figures; fresh: Figures }[],
    })),
  );
  const machine = localMachine(await readEnvironment());
  const database = new RunDatabase(plan.database, plan.cpuLayout.serverCpus);
  try {
    await withInterrupts(async (signal) => {
      const context: RunContext = { plan, machine, generator, database, signal, emit: () => {} };
      for (let block = 0; block < blocks; block++) {
        for (const { server, workload, figures } of cells) {
          console.log(`block ${block + 1}: ${server.name} × ${workload.name}`);
          figures.push(await comparedLaunches(context, server, workload, block));
        }
      }
    });
  } finally {
    await generator.stop();
    await database.stop();
  }

  const rows = cells.map(({ server, workload, figures }) => ({
    name: `${server.name} × ${workload.name}`,
    ratios: measures.map(([, key]) =>
      ratioOf(figures.map(({ used, fresh }) => ({ a: used[key], b: fresh[key] }))),
    ),
  }));
  const largest = Math.max(
    ...rows.map(({ ratios: [throughput] }) => Math.abs((throughput?.ratio ?? 0) - 1)),
  );
  await publishSection('A launch that served other workloads', [
    `\`npm run benchmark:used-launch\`: a launch that served the other workloads beside a fresh one, ${blocks} blocks; ratios of used to fresh with 95 % CI. Throughput may differ by ${100 * tolerated} %. **Largest difference in throughput ${(100 * largest).toFixed(1)} %.**`,
    markdownTable(
      ['server × workload', ...measures.map(([title]) => title)],
      rows.map(({ name, ratios }) => [name, ...ratios.map((ratio) => ratio?.text ?? 'unknown')]),
    ),
  ]);
  return largest <= tolerated;
});
