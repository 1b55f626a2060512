import { join } from 'node:path';
import { meanOf } from '../results/statistics/summary.ts';
import { startGenerator } from '../runner/load/generator.ts';
import { eventLoop } from '../servers/event-loop/server.ts';
import { hello } from '../workloads/hello.ts';
import { type LoopResult, measureInTurns, nodeServer } from './harness/load.ts';
import { ratioOf } from './harness/page.ts';
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
  const values = pairs.map(([model, other]) => ({ a: model[key], b: other[key] }));
  const { ratio = Number.NaN, text = 'unknown' } = ratioOf(values) ?? {};
  const [model, other] = [meanOf(values.map(({ a }) => a)), meanOf(values.map(({ b }) => b))];
  console.log(`${title}: event-loop ${model.toFixed(1)}, bare ${other.toFixed(1)}, ratio ${text}`);
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
