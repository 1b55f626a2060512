import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { meanOf } from '../../results/statistics/summary.ts';
import type { Generator } from '../../runner/load/generator.ts';
import { measureOthersCpuShare } from '../../runner/probes/machine-noise.ts';
import { probeResources } from '../../runner/probes/resources.ts';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { findProgram } from '../../servers/launch/program.ts';
import type { RunningServer, Server } from '../../servers/server.ts';
import type { RequestClass } from '../../workloads/workload.ts';

const host = '127.0.0.1';

export interface TestedServer {
  readonly name: string;
  readonly server: Server;
  readonly workers: number;
}

/** A server that is one of this project's programs, with arguments. */
export function nodeServer(name: string, path: string, ...args: string[]): Server {
  const command = { program: process.execPath, arguments: [path, ...args] };
  return { ...eventLoop, name, command: () => command };
}

async function start({ server, workers }: TestedServer): Promise<RunningServer> {
  return launch(server, { host, port: await choosePort(host), workers, backlog: 4096 });
}

/** What was measured of one server in one block, by column heading. */
export type Figures = Readonly<Record<string, number>>;

/** Starts a server, and stops it after the measurement. */
export async function withServer(
  tested: TestedServer,
  measure: (server: RunningServer) => Promise<Figures>,
): Promise<Figures> {
  const running = await start(tested);
  try {
    return await measure(running);
  } finally {
    await running.stop();
  }
}

/** The share of all CPU time that other programs may use during a measurement. */
const toleratedShare = 0.08;
const attempts = 3;

/**
 * Measures while no other program is busy, and measures again when one turns out to have been. After the last attempt
 * the quietest one counts; the CPU share of other programs is added to the figures.
 */
export async function measureInQuiet(measure: () => Promise<Figures>): Promise<Figures> {
  let quietest: { figures: Figures; share: number } | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    await quiet();
    const othersShare = measureOthersCpuShare();
    const figures = await measure();
    const share = othersShare() ?? 0;
    if (!quietest || share < quietest.share) quietest = { figures, share };
    if (share < toleratedShare) break;
  }
  return { ...quietest?.figures, 'CPU of others, %': 100 * (quietest?.share ?? 0) };
}

/** Waits until other programs have been quiet for half a second, a minute at most. */
async function quiet(): Promise<void> {
  for (let wait = 0; wait < 120; wait++) {
    const othersShare = measureOthersCpuShare();
    await delay(500);
    if ((othersShare() ?? 0) < toleratedShare) return;
  }
}

export function withQuietServer(
  tested: TestedServer,
  measure: (server: RunningServer) => Promise<Figures>,
): Promise<Figures> {
  return withServer(tested, (server) => measureInQuiet(() => measure(server)));
}

export interface ClosedLoop {
  readonly classes: readonly RequestClass[];
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
}

/** CPU times are per request, of the server's processes and of the load generator. */
export interface LoopResult {
  readonly throughputPerSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMicros: number;
  readonly clientCpuMicros: number;
}

/**
 * Loads a server in a closed loop.
 * @throws Error when a request fails or gets a wrong body: such a server cannot be compared
 */
export async function measure(
  server: RunningServer,
  generator: Generator,
  loop: ClosedLoop,
): Promise<LoopResult> {
  const port = Number(new URL(server.url).port);
  const load = { ...loop, classes: [...loop.classes], host, port, timeoutSeconds: 20, seed: 1 };
  let probes: ReturnType<typeof probeResources>[] = [];
  let cpuSeconds: number[] = [];
  const result = await generator.run({ ...load, loop: 'closed' }, ({ type }) => {
    if (type === 'window-started') probes = [server.pid, generator.pid].map(probeResources);
    if (type === 'window-ended') {
      cpuSeconds = probes.map((probe) => probe.stop().resources.cpuSeconds ?? Number.NaN);
    }
  });
  const { serviceTime, throughputPerSecond, requests, failures } = result;
  const { sent, ok, mismatched } = requests;
  if (ok !== sent || mismatched > 0) {
    const reasons = Object.entries(failures).map(([reason, count]) => `${count} × ${reason}`);
    throw new Error(
      `of ${sent} requests ${sent - ok} failed and ${mismatched} got a wrong body: ${reasons.join(', ')}`,
    );
  }
  const [serverCpuMicros = Number.NaN, clientCpuMicros = Number.NaN] = cpuSeconds.map(
    (seconds) => (seconds * 1e6) / sent,
  );
  return {
    throughputPerSecond,
    meanMs: serviceTime.meanMs ?? Number.NaN,
    p50Ms: serviceTime.p50Ms ?? Number.NaN,
    p99Ms: serviceTime.p99Ms ?? Number.NaN,
    serverCpuMicros,
    clientCpuMicros,
  };
}

const turns = 6;

/**
 * Starts all servers, and loads one at a time in short turns: what else the machine does then affects all alike, and
 * differences of a few percent show.
 *
 * @returns the means over the turns, by the server's name
 */
export async function measureInTurns(
  servers: readonly TestedServer[],
  generator: Generator,
  loop: ClosedLoop,
): Promise<ReadonlyMap<string, LoopResult>> {
  const running = await Promise.all(
    servers.map(async (tested) => {
      const results: LoopResult[] = [];
      return { name: tested.name, server: await start(tested), results };
    }),
  );
  try {
    for (let turn = 0; turn < turns; turn++) {
      const warmupSeconds = turn === 0 ? loop.warmupSeconds : 0.1;
      for (const { server, results } of turn % 2 === 0 ? running : running.toReversed()) {
        results.push(await measure(server, generator, { ...loop, warmupSeconds }));
      }
    }
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
  return new Map(running.map(({ name, results }) => [name, meanResult(results)]));
}

function meanResult(results: readonly LoopResult[]): LoopResult {
  const mean = (key: keyof LoopResult) => meanOf(results.map((result) => result[key]));
  return {
    throughputPerSecond: mean('throughputPerSecond'),
    meanMs: mean('meanMs'),
    p50Ms: mean('p50Ms'),
    p99Ms: mean('p99Ms'),
    serverCpuMicros: mean('serverCpuMicros'),
    clientCpuMicros: mean('clientCpuMicros'),
  };
}

const wrkSeconds = 3;
const msPerUnit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

/**
 * The same closed loop by wrk, if it is installed. Unlike this project's load generator, wrk opens all connections at
 * once and counts from then on, so its times include how long a busy server takes to accept connections.
 */
export async function measureByWrk(
  server: RunningServer,
  { classes, connections }: ClosedLoop,
): Promise<Figures> {
  const wrk = findProgram('wrk');
  const [request] = classes;
  if (!wrk || !request) return {};
  const url = server.url + request.path;
  const flags = ['-t1', `-c${connections}`, `-d${wrkSeconds}`, '--latency', url];
  const { stdout } = await promisify(execFile)(wrk, flags);
  const [, perSecond] = /Requests\/sec: +([\d.]+)/.exec(stdout) ?? [];
  const [, p99, unit = ''] = /99% +([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    'wrk: req/s': Number(perSecond),
    'wrk: p99, ms': Number(p99) * (msPerUnit[unit] ?? Number.NaN),
  };
}
