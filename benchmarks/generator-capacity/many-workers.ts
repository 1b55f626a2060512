import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Load, LoadResult } from '../../runner/load/load.ts';
import { LoadWorkers } from '../../runner/load/workers/load-workers.ts';
import { pythonOfLocust } from '../../runner/load/workers/locust.ts';
import { probeResources } from '../../runner/probes/resources.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { benchVersion } from '../../servers/package-root.ts';

const program = join(import.meta.dirname, 'simulated-workers.py');
const progress = { progressEvents: 10, progressSeconds: 0.22 };
const windowSeconds = progress.progressEvents * progress.progressSeconds;

/** What many load workers cost the machine of the run while a load runs. */
export interface MasterCost {
  readonly workers: number;
  /** Of Locust's master, and of the runner itself: shares of a core. */
  readonly masterCores: number;
  readonly runnerCores: number;
  /** From the end of the window until the merged result. */
  readonly resultMs: number;
}

/** Runs one load on simulated workers, over the real master and the real runner. */
export async function measureMaster(count: number, result: LoadResult): Promise<MasterCost> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-workers-'));
  const master = { host: '127.0.0.1', port: await choosePort() };
  const path = join(folder, 'messages.json');
  await writeFile(path, JSON.stringify(messagesOf(result)));
  const words = [program, master.host, String(master.port), String(count), path];
  const simulated = spawn(pythonOfLocust(), words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const exited = once(simulated, 'exit'); // they quit with the master
  const controls = { signal: new AbortController().signal, onJoined: () => {} };
  try {
    const workers = await LoadWorkers.open({ ...master, count }, controls);
    try {
      const relay = probeResources(masterPid());
      const [began, beganCpu] = [performance.now(), process.cpuUsage()];
      let windowEnded = Number.NaN;
      await workers.run({ ...load, windowSeconds }, ({ type }) => {
        if (type === 'window-ended') windowEnded = performance.now();
      });
      const [ended, { user, system }] = [performance.now(), process.cpuUsage(beganCpu)];
      const seconds = (ended - began) / 1000;
      return {
        workers: count,
        masterCores: (relay.stop().resources.cpuSeconds ?? Number.NaN) / seconds,
        runnerCores: (user + system) / 1e6 / seconds,
        resultMs: ended - windowEnded,
      };
    } finally {
      await workers.stop();
    }
  } finally {
    simulated.kill('SIGKILL');
    await exited;
    await rm(folder, { recursive: true });
  }
}

const load: Load = {
  loop: 'open',
  host: '127.0.0.1',
  port: 1,
  classes: [{ name: 'a', weight: 1, path: '/', expectedBody: null }],
  ratePerSecond: 1000,
  arrivals: 'poisson',
  maxConnections: 10_000,
  warmupSeconds: 0,
  windowSeconds,
  timeoutSeconds: 5,
  seed: 1,
};

const messagesOf = (result: LoadResult) => ({
  ...progress,
  hello: { type: 'hello', benchVersion, cpus: 8, openFiles: null, machine: null },
  report: {
    type: 'report',
    report: {
      client: {
        cpuSeconds: 1,
        runQueueDelaySeconds: 0,
        pssBytes: 1e8,
        processes: 2,
        threads: 20,
        processesReplaced: 0,
      },
      startedLateMs: 0,
      serverRoundTripMs: 1,
    },
  },
  result: { type: 'result', result },
});

/** The child of this process that is Locust's master. */
function masterPid(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
  const pid = children
    .trim()
    .split(' ')
    .map(Number)
    .find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('relay.py\0master'));
  if (pid === undefined) throw new Error('the master does not run');
  return pid;
}
