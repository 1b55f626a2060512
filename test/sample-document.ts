import type {
  Distribution,
  LoadWorker,
  Measurement,
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../results/document/run-document.ts';
import type { GateContext } from '../results/gates/gate.ts';

/** Documents for tests, complete and plausible: a test says only what it is about. */
export function sampleDocument(
  plan: {
    servers?: readonly string[];
    workloads?: readonly PlannedWorkload[];
    smallestClaim?: number;
  },
  trials: readonly Trial[],
): RunDocument {
  const { servers = ['pool', 'prefork'], workloads = [sampleWorkload()], smallestClaim = 0 } = plan;
  return {
    schema: 'concurrency-bench/run',
    version: 2,
    status: 'complete',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:09:05.000Z',
    command: ['bench', 'run'],
    seed: 1,
    environment: {
      cpuModel: 'Sample CPU',
      cpusAvailable: 2,
      cpusOnline: 2,
      memoryBytes: 2 ** 33,
      operatingSystem: 'Sample OS 1',
      kernel: 'Linux 6.1.0',
      architecture: 'x64',
      nodeVersion: 'v24.0.0',
      benchVersion: '0.1.0',
      commit: null,
      container: false,
      openFilesLimit: 65_536,
      listenBacklogLimit: 4096,
      realTimeGenerator: true,
    },
    plan: {
      servers: servers.map(sampleServer),
      workloads: workloads.map((workload) => ({ ...workload, servers: [...servers] })),
      fairness: 'work',
      connections: 64,
      durationSeconds: 5,
      warmupSeconds: 1,
      blocks: Math.max(1, ...trials.map(({ block }) => block + 1)),
      smallestClaim,
      cpuLayout: { mode: 'shared', serverCpus: [0, 1], clientCpus: [0, 1] },
      database: null,
      assertions: [],
    },
    calibratedRequests: [],
    pilots: [],
    traces: [],
    noiseProbes: [],
    disturbances: [],
    trials: [...trials],
  };
}

export function sampleServer(name: string): PlannedServer {
  return {
    name,
    kind: 'model',
    summary: 'a server',
    models: 'a real one',
    version: '1',
    workers: 2,
    keepAlive: true,
  };
}

/** A sample document asks it of all its servers. */
export function sampleWorkload(name = 'cpu', classNames = [name]): PlannedWorkload {
  return {
    name,
    summary: 'some work',
    parameters: {},
    servers: [],
    classes: classNames.map((className) => ({
      name: className,
      weight: 1,
      path: `/${className}`,
      waitMs: 0,
    })),
    objectives: [],
  };
}

export function sampleTrial(
  change: Partial<
    Pick<Trial, 'block' | 'position' | 'purpose' | 'server' | 'workload' | 'warnings' | 'sweep'>
  >,
  measurements: readonly [Measurement, ...Measurement[]],
): Trial {
  return {
    status: 'ok',
    block: 0,
    position: 0,
    purpose: 'comparison',
    server: 'pool',
    workload: 'cpu',
    startedAt: '2026-01-02T03:04:05.000Z',
    wallSeconds: 8,
    sweep: [],
    curve: [],
    warnings: [],
    ...change,
    measurements: [...measurements],
  };
}

/** A quiet closed loop over 5 s: 64 in flight, 1,000 requests/s, 64 ms each, the server on one core. */
export function sampleClosedLoop(change: Partial<Measurement> = {}): Measurement {
  const throughputPerSecond = change.throughputPerSecond ?? 1000;
  const sent = Math.round(throughputPerSecond * 5);
  return {
    loop: 'closed',
    connections: 64,
    connectionsOpened: 64,
    connectionLimit: null,
    waitedForConnection: null,
    generatorProcesses: 1,
    loadWorkers: [],
    offeredPerSecond: null,
    rate: null,
    sendLag: null,
    warmupSeconds: 1,
    windowSeconds: 5,
    requests: { sent, ok: sent, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0 },
    throughputPerSecond,
    serviceTime: sampleTimes(sent, 64_000 / throughputPerSecond),
    responseTime: null,
    classes: [],
    server: sampleResources(5),
    client: sampleResources(0.5),
    database: null,
    failures: {},
    kernel: { listenOverflows: 0, listenDrops: 0, synRetransmits: 0 },
    host: { busyCpuSeconds: 5.6, stealSeconds: 0 },
    throttling: null,
    intervals: Array.from({ length: 50 }, (_, index) => ({
      startSeconds: index / 10,
      durationSeconds: 0.1,
      sent: Math.round(throughputPerSecond / 10),
      completed: Math.round(throughputPerSecond / 10) + ((index * 7) % 5) - 2,
      inFlight: 64,
      serverCpuSeconds: 0.1,
      eventLoopDelayMs: null,
    })),
    warnings: [],
    ...change,
  };
}

/** A load worker that did as agreed. */
export const sampleLoadWorker = (change: Partial<LoadWorker> = {}): LoadWorker => ({
  name: 'load1',
  onThisMachine: false,
  requests: sampleClosedLoop().requests,
  p50Ms: 60,
  generatorProcesses: 1,
  cpuSeconds: 0.1,
  clockAheadMs: 2,
  clockErrorMs: 0.5,
  startedLateMs: 0,
  serverRoundTripMs: 4,
  longestSilenceMs: 210,
  ...change,
});

/** A quiet open loop over 5 s at 600 requests/s, of 3 ms each at the median. */
export function sampleOpenLoop(change: Partial<Measurement> = {}): Measurement {
  const base = sampleClosedLoop({ throughputPerSecond: 600 });
  return {
    ...base,
    loop: 'open',
    connections: 1024,
    offeredPerSecond: 600,
    rate: 'shared',
    sendLag: sampleTimes(3000, 0.1),
    serviceTime: sampleTimes(3000, 3),
    responseTime: sampleTimes(3000, 3),
    intervals: base.intervals.map((interval) => ({ ...interval, inFlight: 2 })),
    ...change,
  };
}

/** Times with this mean; the histogram is left empty. */
export function sampleTimes(count: number, meanMs: number): Distribution {
  return {
    count,
    meanMs,
    minMs: meanMs / 2,
    p50Ms: meanMs,
    p90Ms: meanMs * 1.5,
    p95Ms: meanMs * 1.7,
    p99Ms: meanMs * 2,
    p999Ms: meanMs * 3,
    maxMs: meanMs * 4,
    histogram: '',
  };
}

function sampleResources(cpuSeconds: number): Measurement['server'] {
  return {
    cpuSeconds,
    runQueueDelaySeconds: 0,
    pssBytes: 50_000_000,
    processes: 1,
    threads: 10,
    processesReplaced: 0,
  };
}

/** What gates know of a pool on two cores that serves 1,000 requests/s. */
export const sampleGateContext = (change: Partial<GateContext> = {}): GateContext => ({
  server: sampleServer('pool'),
  workload: sampleWorkload(),
  cpusAvailable: 2,
  serverCores: 2,
  cpusOnline: 2,
  cpuMode: 'shared',
  capacityPerSecond: 1000,
  servedPerSecond: 1000,
  pilot: null,
  openLoopCpuSeconds: null,
  ...change,
});
