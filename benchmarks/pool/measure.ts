import type { Generator } from '../../runner/load/generator.ts';
import type { LoadResult } from '../../runner/load/load.ts';
import { probeResources } from '../../runner/probes/resources.ts';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import type { RunningServer } from '../../servers/server.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import type { Contender } from './contenders.ts';
import { measureInQuiet } from './quiet.ts';

const host = '127.0.0.1';

/** What is read of one contender in one block, by the heading of its column. */
export type Figures = Readonly<Record<string, number>>;

/** Starts a contender afresh. */
export async function start({ server, workers }: Contender): Promise<RunningServer> {
  return launch(server, { host, port: await choosePort(host), workers, backlog: 4096 });
}

/** Starts a contender afresh, and stops it when the measurement is over. */
export async function withServer(
  contender: Contender,
  use: (server: RunningServer) => Promise<Figures>,
): Promise<Figures> {
  const running = await start(contender);
  try {
    return await use(running);
  } finally {
    await running.stop();
  }
}

export function withQuietServer(
  contender: Contender,
  use: (server: RunningServer) => Promise<Figures>,
): Promise<Figures> {
  return withServer(contender, (server) => measureInQuiet(() => use(server)));
}

export interface ClosedLoop {
  readonly classes: readonly RequestClass[];
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
}

export interface Reading {
  readonly throughputPerSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverMicrosARequest: number;
}

/**
 * Loads a server in a closed loop.
 * @throws Error when a request is not answered as it should be: nothing else is worth comparing then
 */
export async function measure(
  server: RunningServer,
  generator: Generator,
  loop: ClosedLoop,
): Promise<Reading> {
  let probe = probeResources(null);
  let cpuSeconds = Number.NaN;
  const result = await generator.run(
    {
      ...loop,
      loop: 'closed',
      classes: [...loop.classes],
      host,
      port: Number(new URL(server.url).port),
      timeoutSeconds: 20,
      seed: 1,
    },
    ({ type }) => {
      if (type === 'window-started') probe = probeResources(server.pid);
      if (type === 'window-ended') cpuSeconds = probe.stop().resources.cpuSeconds ?? Number.NaN;
    },
  );
  refuseFailures(result);
  const { serviceTime, throughputPerSecond, requests } = result;
  return {
    throughputPerSecond,
    meanMs: serviceTime.meanMs ?? Number.NaN,
    p50Ms: serviceTime.p50Ms ?? Number.NaN,
    p99Ms: serviceTime.p99Ms ?? Number.NaN,
    serverMicrosARequest: (cpuSeconds * 1e6) / requests.sent,
  };
}

function refuseFailures({ requests, failures }: LoadResult): void {
  const { sent, ok, mismatched } = requests;
  if (ok === sent && mismatched === 0) return;
  const reasons = Object.entries(failures).map(([reason, count]) => `${count} × ${reason}`);
  throw new Error(
    `of ${sent} requests ${sent - ok} were not answered and ${mismatched} wrongly: ${reasons.join(', ')}`,
  );
}
