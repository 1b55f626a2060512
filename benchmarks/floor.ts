import { join } from 'node:path';
import { pairedLogRatio, ratioInterval } from '../results/statistics/log-ratio.ts';
import { meanOf } from '../results/statistics/summary.ts';
import { startGenerator } from '../runner/load/generator.ts';
import { eventLoop } from '../servers/event-loop/server.ts';
import { hello } from '../workloads/hello.ts';
import { type LoopResult, measureInTurns, nodeServer } from './harness/load.ts';
import { runProgram } from './harness/program.ts';

/**
 * What the event-loop model costs without any work, next to a bare `node:http` server: throughput and CPU time per
 * request. Fails when the model keeps less than nine tenths of the throughput.
 *
 *   npm run benchmark:floor
 *
 * One minute.
 */
const target = 0.9;
const blocks = 8;
const bare = nodeServer('bare node:http', join(import.meta.dirname, 'bare-server.ts'));
const servers = [eventLoop, bare].map((server) => ({ name: server.name, server, workers: 1 }));
const classes = hello.requests({});
const loop = { classes, connections: 64, warmupSeconds: 0.5, windowSeconds: 0.4 };

type Pair = readonly [model: LoopResult, bare: LoopResult];

/** Prints a line, and returns the ratio of the model to the bare server. */
function compare(title: string, pairs: readonly Pair[], key: keyof LoopResult): number {
  const estimate = pairedLogRatio(
    pairs.map(([model, other]) => ({ a: model[key], b: other[key] })),
  );
  if (!estimate) throw new Error('a ratio needs two blocks');
  const { ratio, low, high } = ratioInterval(estimate);
  const mean = (index: 0 | 1) => meanOf(pairs.map((pair) => pair[index][key])).toFixed(1);
  console.log(
    `${title}: event-loop ${mean(0)}, bare ${mean(1)}, ratio ${ratio.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`,
  );
  return ratio;
}

await runProgram(async () => {
  const generator = startGenerator();
  const pairs: Pair[] = [];
  try {
    for (let block = 0; block < blocks; block++) {
      const results = await measureInTurns(servers, generator, loop);
      const [model, other] = servers.map(({ name }) => results.get(name));
      if (model && other) pairs.push([model, other]);
    }
  } finally {
    await generator.stop();
  }
  console.log(`hello, 64 connections, ${blocks} blocks, 95 % CI in brackets`);
  const ratio = compare('throughput, req/s', pairs, 'throughputPerSecond');
  compare('server CPU, µs per request', pairs, 'serverCpuMicros');
  compare('client CPU, µs per request', pairs, 'clientCpuMicros');
  return ratio >= target;
});
