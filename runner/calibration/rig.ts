import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import type { RunningServer, Server } from '../../servers/server.ts';
import type { Generator } from '../load/generator.ts';
import type { ClosedLoad, LoadProgress, LoadResult, OpenLoad } from '../load/load.ts';
import { type Behaviour, truthBody } from './behaviour.ts';

const host = '127.0.0.1';
const main = fileURLToPath(
  new URL(`./truth-server${extname(import.meta.filename)}`, import.meta.url),
);

type RunListener = (event: LoadProgress) => void;
type ClosedSettings = Pick<ClosedLoad, 'connections' | 'windowSeconds'> & Partial<ClosedLoad>;
type OpenSettings = Pick<OpenLoad, 'ratePerSecond' | 'windowSeconds'> & Partial<OpenLoad>;

/** A truth server and a generator to be tried on it. */
export interface Rig {
  readonly server: RunningServer;
  readonly generator: Generator;
  runClosed(settings: ClosedSettings, tell?: RunListener): Promise<LoadResult>;
  runOpen(settings: OpenSettings, tell?: RunListener): Promise<LoadResult>;
}

/** Starts a truth server for as long as the work takes. */
export async function withRig<Result>(
  behaviour: Behaviour,
  generator: Generator,
  signal: AbortSignal | undefined,
  work: (rig: Rig) => Promise<Result>,
): Promise<Result> {
  const server = await launch(
    truthServer(behaviour),
    { host, port: await choosePort(host), workers: 1, backlog: 4096 },
    signal ? { signal } : {},
  );
  const base = {
    host,
    port: Number(new URL(server.url).port),
    classes: [{ name: 'truth', weight: 1, path: '/', expectedBody: truthBody }],
    warmupSeconds: 0,
    timeoutSeconds: 5,
    seed: 1,
  };
  try {
    return await work({
      server,
      generator,
      runClosed: (settings, emit) => generator.run({ ...base, loop: 'closed', ...settings }, emit),
      runOpen: (settings, emit) =>
        generator.run(
          { ...base, loop: 'open', arrivals: 'poisson', maxConnections: 4096, ...settings },
          emit,
        ),
    });
  } finally {
    await server.stop();
  }
}

function truthServer(behaviour: Behaviour): Server {
  return {
    name: 'truth',
    kind: 'custom',
    summary: 'a server whose response times are known beforehand',
    keepAlive: true,
    workerUnit: 'process',
    defaultWorkers: () => 1,
    probe: async () => ({ available: true, version: process.version }),
    command: () => ({ program: process.execPath, arguments: [main, JSON.stringify(behaviour)] }),
  };
}
