import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import type { RunningServer } from '../../servers/server.ts';
import type { ClosedLoad, LoadProgress, LoadResult, OpenLoad } from '../load/load.ts';
import type { RunGenerator } from '../load/warm-generator.ts';
import type { Check } from './check.ts';
import { type Behaviour, knownBody } from './known-times.ts';

const main = join(import.meta.dirname, `known-server${extname(import.meta.filename)}`);

type ProgressListener = (event: LoadProgress) => void;
type ClosedSettings = Pick<ClosedLoad, 'connections' | 'windowSeconds'> & Partial<ClosedLoad>;
type OpenSettings = Pick<OpenLoad, 'ratePerSecond' | 'windowSeconds'> & Partial<OpenLoad>;

/** What is checked, and the address of this machine at which it reaches a server. */
export interface Instrument {
  readonly generator: Pick<RunGenerator, 'pid' | 'run'>;
  readonly host: string;
}

/** A known server, and a load generator to be checked on it. */
export interface Rig {
  readonly server: RunningServer;
  readonly generator: Instrument['generator'];
  runClosed(settings: ClosedSettings, emit?: ProgressListener): Promise<LoadResult>;
  runOpen(settings: OpenSettings, emit?: ProgressListener): Promise<LoadResult>;
}

/** A behaviour of a server, and the checks of what the load generators measure on it. */
export interface CalibrationCase {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly measure: (rig: Rig) => Promise<Check[]>;
}

/** Measures a case on a known server of its own. */
export async function measureCase(
  { behaviour, measure }: CalibrationCase,
  { generator, host }: Instrument,
  signal: AbortSignal,
): Promise<Check[]> {
  const command = { program: process.execPath, arguments: [main, JSON.stringify(behaviour)] };
  const server = await launch(
    { name: 'known', command: () => command },
    { host, port: await choosePort(host), workers: 1, backlog: 4096 },
    { signal },
  );
  const base = {
    host,
    port: Number(new URL(server.url).port),
    classes: [{ name: 'known', weight: 1, path: '/', expectedBody: knownBody }],
    warmupSeconds: 0,
    timeoutSeconds: 5,
    seed: 1,
  };
  const openBase = { ...base, loop: 'open', arrivals: 'poisson', maxConnections: 4096 } as const;
  try {
    return await measure({
      server,
      generator,
      runClosed: (settings, emit = () => {}) =>
        generator.run({ ...base, loop: 'closed', ...settings }, emit),
      runOpen: (settings, emit = () => {}) => generator.run({ ...openBase, ...settings }, emit),
    });
  } finally {
    await server.stop();
  }
}

/**
 * Stops a process for a while with SIGSTOP, and lets it continue.
 * @returns for how many ms it was stopped
 */
export async function pauseProcess(pid: number, afterMs: number, forMs: number): Promise<number> {
  await sleep(afterMs);
  process.kill(pid, 'SIGSTOP');
  const stoppedMs = performance.now();
  try {
    await sleep(forMs);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return performance.now() - stoppedMs;
}
