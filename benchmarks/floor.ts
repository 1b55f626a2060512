import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairedLogRatio, ratioInterval } from '../results/statistics/log-ratio.ts';
import { type Generator, startGenerator } from '../runner/load/generator.ts';
import type { ClosedLoad } from '../runner/load/load.ts';
import { probeResources } from '../runner/probes/resources.ts';
import { eventLoop } from '../servers/event-loop/server.ts';
import { launch } from '../servers/launch/launch.ts';
import { choosePort } from '../servers/launch/ports.ts';
import type { RunningServer, Server } from '../servers/server.ts';
import { hello } from '../workloads/hello.ts';

/**
 * What the event-loop model costs beside a bare `node:http` server, doing no work: throughput and CPU time a
 * request, measured in turns on both. Exits with 1 when the model keeps less than nine tenths of the throughput.
 */
const blocks = 8;
const turnsABlock = 6;
const target = 0.9;
const host = '127.0.0.1';

interface Reading {
  readonly throughputPerSecond: number;
  readonly serverMicrosARequest: number;
  readonly clientMicrosARequest: number;
}

const bareMain = new URL(`./bare-server${extname(import.meta.filename)}`, import.meta.url);
const bare: Server = {
  ...eventLoop,
  name: 'bare node:http',
  command: () => ({ program: process.execPath, arguments: [fileURLToPath(bareMain)] }),
};

async function start(server: Server): Promise<RunningServer> {
  return launch(server, { host, port: await choosePort(host), workers: 1, backlog: 4096 });
}

async function measure(
  server: RunningServer,
  warmupSeconds: number,
  generator: Generator,
): Promise<Reading> {
  const load: ClosedLoad = {
    loop: 'closed',
    host,
    port: Number(new URL(server.url).port),
    classes: [...hello.requests({})],
    connections: 64,
    warmupSeconds,
    windowSeconds: 0.4,
    timeoutSeconds: 5,
    seed: 1,
  };
  const probes: ReturnType<typeof probeResources>[] = [];
  const cpuSeconds: number[] = [];
  const result = await generator.run(load, ({ type }) => {
    if (type === 'window-started') {
      probes.push(probeResources(server.pid), probeResources(generator.pid));
    } else if (type === 'window-ended') {
      cpuSeconds.push(...probes.map((probe) => probe.stop().resources.cpuSeconds ?? Number.NaN));
    }
  });
  if (result.requests.ok !== result.requests.sent)
    throw new Error('not every request was answered');
  const microsARequest = (seconds = Number.NaN) => (seconds * 1e6) / result.requests.sent;
  return {
    throughputPerSecond: result.throughputPerSecond,
    serverMicrosARequest: microsARequest(cpuSeconds[0]),
    clientMicrosARequest: microsARequest(cpuSeconds[1]),
  };
}

/** One block: both servers fresh, then measured in short turns, so that what else runs here falls on both. */
async function measureBlock(generator: Generator): Promise<[Reading, Reading]> {
  const running = [await start(eventLoop), await start(bare)] as const;
  const readings: [Reading[], Reading[]] = [[], []];
  try {
    for (let turn = 0; turn < turnsABlock; turn++) {
      for (const index of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        readings[index].push(await measure(running[index], turn === 0 ? 0.5 : 0.1, generator));
      }
    }
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
  return [meanReading(readings[0]), meanReading(readings[1])];
}

function meanReading(readings: readonly Reading[]): Reading {
  const mean = (key: keyof Reading) =>
    readings.reduce((sum, reading) => sum + reading[key], 0) / readings.length;
  return {
    throughputPerSecond: mean('throughputPerSecond'),
    serverMicrosARequest: mean('serverMicrosARequest'),
    clientMicrosARequest: mean('clientMicrosARequest'),
  };
}

function tell(name: string, pairs: readonly [Reading, Reading][], key: keyof Reading): number {
  const estimate = pairedLogRatio(
    pairs.map(([model, other]) => ({ a: model[key], b: other[key] })),
  );
  if (!estimate) throw new Error('a ratio needs two blocks');
  const { ratio, low, high } = ratioInterval(estimate);
  const mean = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index][key], 0) / blocks;
  console.log(
    `${name}: event-loop ${mean(0).toFixed(1)}, bare ${mean(1).toFixed(1)}, ratio ${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
  );
  return ratio;
}

const generator = startGenerator();
const pairs: [Reading, Reading][] = [];
for (let block = 0; block < blocks; block++) pairs.push(await measureBlock(generator));
await generator.stop();

console.log(`hello, 64 connections, ${blocks} blocks, 95 % intervals`);
const ratio = tell('requests a second', pairs, 'throughputPerSecond');
tell('server CPU, µs a request', pairs, 'serverMicrosARequest');
tell('client CPU, µs a request', pairs, 'clientMicrosARequest');
process.exitCode = ratio >= target ? 0 : 1;
