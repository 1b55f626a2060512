/**
 * Makes the golden run documents beside it: `node test/golden/make.ts`. Their numbers are invented, though
 * plausible for two cores; they are there to test reading and reporting, and say nothing about any server.
 */
import { writeFileSync } from 'node:fs';
import { TimeRecorder } from '../../results/distribution.ts';
import {
  type ClassMeasurement,
  type Measurement,
  type RunDocument,
  runDocumentSchema,
  runDocumentVersion,
  type Trial,
} from '../../results/run-document.ts';
import { type Random, seededRandom, shuffled } from '../../results/statistics/random.ts';

interface Behaviour {
  readonly perSecond: number;
  /** Median service time and how far the slow ones are from it, for each class. */
  readonly times: Readonly<Record<string, { readonly medianMs: number; readonly spread: number }>>;
  readonly cores: number;
}

const servers: RunDocument['plan']['servers'] = [
  server(
    'event-loop',
    'one thread serves every request, one computation at a time',
    'Node.js, Express',
    1,
    true,
  ),
  server(
    'prefork',
    'worker processes, each with one request at a time',
    'uWSGI with Flask or Django',
    5,
    false,
  ),
  server(
    'pool',
    'a netpoller thread for waits, worker threads for computations',
    'Go net/http',
    2,
    true,
  ),
];

const pssMb: Readonly<Record<string, number>> = { 'event-loop': 48, prefork: 131, pool: 74 };
const processCounts: Readonly<Record<string, number>> = { 'event-loop': 1, prefork: 6, pool: 1 };

const io = { name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 };
const cpu = { name: 'cpu', weight: 1, path: '/cpu?n=27', waitMs: 0 };
const workloads: RunDocument['plan']['workloads'] = [
  {
    name: 'io',
    summary: 'each request waits, as for a database, and computes nothing',
    parameters: { ms: 50 },
    classes: [io],
  },
  {
    name: 'cpu',
    summary: 'each request computes: naive Fibonacci',
    parameters: { n: 27 },
    classes: [cpu],
  },
  {
    name: 'mixed',
    summary: 'light requests (io) beside heavy ones (cpu): does heavy work delay light work?',
    parameters: { ms: 50, n: 27, light: 1, heavy: 1 },
    classes: [
      { ...io, name: 'light' },
      { ...cpu, name: 'heavy' },
    ],
  },
];

const one = (name: string, medianMs: number, spread: number) => ({ [name]: { medianMs, spread } });
const behaviours: Readonly<Record<string, Readonly<Record<string, Behaviour>>>> = {
  io: {
    'event-loop': { perSecond: 1271, times: one('io', 50.2, 0.004), cores: 0.31 },
    prefork: { perSecond: 99.2, times: one('io', 640, 0.02), cores: 0.12 },
    pool: { perSecond: 1268, times: one('io', 50.3, 0.005), cores: 0.39 },
  },
  cpu: {
    'event-loop': { perSecond: 633, times: one('cpu', 100, 0.12), cores: 0.99 },
    prefork: { perSecond: 1201, times: one('cpu', 52, 0.25), cores: 1.93 },
    pool: { perSecond: 1214, times: one('cpu', 52.5, 0.1), cores: 1.94 },
  },
  mixed: {
    'event-loop': {
      perSecond: 690,
      times: { ...one('light', 104, 0.16), ...one('heavy', 66, 0.22) },
      cores: 0.99,
    },
    prefork: {
      perSecond: 173,
      times: { ...one('light', 366, 0.1), ...one('heavy', 322, 0.12) },
      cores: 0.4,
    },
    pool: {
      perSecond: 1140,
      times: { ...one('light', 51.4, 0.03), ...one('heavy', 57, 0.2) },
      cores: 1.92,
    },
  },
};

const windowSeconds = 5;

function server(
  name: string,
  summary: string,
  standsFor: string,
  workers: number,
  keepAlive: boolean,
): RunDocument['plan']['servers'][number] {
  return { name, kind: 'model', summary, standsFor, version: '0.1.0', workers, keepAlive };
}

/** About standard normal: twelve uniforms, less six. */
const normal = (random: Random) =>
  Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);

function classMeasurement(
  name: string,
  count: number,
  medianMs: number,
  spread: number,
  random: Random,
): ClassMeasurement {
  const recorder = new TimeRecorder();
  for (let index = 0; index < count; index++) {
    const deviation = normal(random);
    recorder.record(
      medianMs * Math.exp(spread * (deviation > 0 ? 1.4 * deviation : 0.4 * deviation)),
    );
  }
  return {
    name,
    requests: { sent: count, ok: count, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0 },
    throughputPerSecond: count / windowSeconds,
    serviceTime: recorder.summarise(),
    responseTime: null,
  };
}

function closedLoop(workload: string, serverName: string, random: Random): Measurement {
  const behaviour = behaviours[workload]?.[serverName];
  if (!behaviour) throw new Error(`nothing is invented for ${serverName} on ${workload}`);
  const drift = 1 + 0.006 * normal(random);
  const names = Object.keys(behaviour.times);
  const each = Math.round((behaviour.perSecond * drift * windowSeconds) / names.length);
  const classes = names.map((name) => {
    const { medianMs, spread } = behaviour.times[name] ?? { medianMs: 1, spread: 0 };
    return classMeasurement(name, each, medianMs / drift, spread, random);
  });
  const count = each * classes.length;
  const all = new TimeRecorder();
  for (const { serviceTime } of classes) all.add(serviceTime);
  const cpuSeconds = behaviour.cores * windowSeconds * (1 + 0.01 * normal(random));
  return {
    loop: 'closed',
    connections: 64,
    connectionsOpened: serverName === 'prefork' ? count : 64,
    offeredPerSecond: null,
    rate: null,
    sendLag: null,
    warmupSeconds: 2,
    windowSeconds,
    requests: { sent: count, ok: count, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0 },
    throughputPerSecond: count / windowSeconds,
    serviceTime: all.summarise(),
    responseTime: null,
    classes,
    server: {
      cpuSeconds,
      runQueueDelaySeconds: cpuSeconds * 0.04,
      pssBytes: Math.round((pssMb[serverName] ?? 50) * 2 ** 20 * (1 + 0.01 * normal(random))),
      processes: processCounts[serverName] ?? 1,
      threads: (processCounts[serverName] ?? 1) * 11,
      processesReplaced: 0,
    },
    client: {
      cpuSeconds: count * 11e-6,
      runQueueDelaySeconds: 0.02,
      pssBytes: 61 * 2 ** 20,
      processes: 1,
      threads: 11,
      processesReplaced: 0,
    },
    failures: {},
    kernel: { listenOverflows: 0, listenDrops: 0, synRetransmits: 0 },
    host: { busyCpuSeconds: cpuSeconds + count * 11e-6, stealSeconds: 0 },
    intervals: intervals(count, cpuSeconds, random),
    warnings: [],
  };
}

/** Tenths of a second. */
function intervals(count: number, cpuSeconds: number, random: Random): Measurement['intervals'] {
  const length = windowSeconds * 10;
  return Array.from({ length }, (_, tenth) => {
    const completed = Math.round((count / length) * (1 + 0.03 * normal(random)));
    return {
      startSeconds: tenth / 10,
      durationSeconds: 0.1,
      sent: completed,
      completed,
      inFlight: 64,
      serverCpuSeconds: (cpuSeconds / length) * (1 + 0.03 * normal(random)),
    };
  });
}

const startedAt = Date.UTC(2026, 0, 5, 9, 0, 0);

function planned(overrides: Partial<RunDocument['plan']> = {}): RunDocument {
  return {
    schema: 'concurrency-bench/run',
    version: runDocumentVersion,
    status: 'complete',
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(startedAt + 250_000).toISOString(),
    command: ['bench', 'run'],
    seed: 42,
    environment: {
      cpuModel: 'Test fixture: invented figures, no real machine',
      cpusAvailable: 2,
      cpusOnline: 2,
      memoryBytes: 8 * 2 ** 30,
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      kernel: 'Linux 6.1.0',
      architecture: 'x64',
      nodeVersion: 'v24.21.0',
      benchVersion: '0.1.0',
      commit: null,
      container: false,
      openFilesLimit: 1_048_576,
      listenBacklogLimit: 4096,
    },
    plan: {
      servers,
      workloads,
      connections: 64,
      durationSeconds: windowSeconds,
      warmupSeconds: 2,
      blocks: 3,
      smallestClaim: 0.03,
      cpuLayout: { mode: 'shared', serverCpus: [0, 1], clientCpus: [0, 1] },
      ...overrides,
    },
    pilots: [],
    canaries: [],
    trials: [],
  };
}

function run(overrides: Partial<RunDocument['plan']> = {}): RunDocument {
  const document = planned(overrides);
  const random = seededRandom(document.seed, 'golden');
  const { plan } = document;
  for (let block = 0; block < plan.blocks; block++) {
    for (const workload of plan.workloads) {
      for (const [position, { name }] of shuffled(plan.servers, random).entries()) {
        document.trials.push({
          status: 'ok',
          block,
          position,
          purpose: 'comparison',
          server: name,
          workload: workload.name,
          startedAt: new Date(startedAt + document.trials.length * 9000).toISOString(),
          wallSeconds: 8.6,
          measurements: [closedLoop(workload.name, name, random)],
          warnings: [],
        });
      }
    }
  }
  return document;
}

function stopped(
  trial: Trial,
  status: 'failed' | 'skipped' | 'interrupted',
  reason: string,
): Trial {
  const { block, position, purpose, server, workload, startedAt, wallSeconds } = trial;
  const base = { block, position, purpose, server, workload, startedAt, wallSeconds };
  return { ...base, status, reason, measurements: [], warnings: [] };
}

/** prefork dies on io in one block, pool never starts, one trial is void, and Ctrl-C ends the second block early. */
function troubled(): RunDocument {
  const document = run({ blocks: 2 });
  const last = 13;
  const trials = document.trials.slice(0, last + 1).map((trial, index): Trial => {
    if (index === last)
      return stopped(trial, 'interrupted', 'stopped with Ctrl-C while it was measured');
    if (trial.server === 'pool' && trial.workload !== 'cpu') {
      return stopped(trial, 'skipped', 'port 8080 is taken by another program');
    }
    if (trial.server === 'prefork' && trial.workload === 'io' && trial.block === 0) {
      return stopped(
        trial,
        'failed',
        'the server exited with code 1 in mid-trial: "</script> <b>out of memory</b>"',
      );
    }
    if (trial.server === 'event-loop' && trial.workload === 'cpu' && trial.block === 0) {
      const warning = {
        code: 'accept-queue-overflow',
        severity: 'void' as const,
        message:
          'the accept queue overflowed 12 times, so some requests waited for a SYN retransmit',
        advice: 'raise net.core.somaxconn to 4096 and run again',
      };
      return { ...trial, warnings: [warning] };
    }
    return trial;
  });
  return { ...document, status: 'interrupted', trials };
}

function single(): RunDocument {
  const document = run({
    servers: servers.filter(({ name }) => name === 'pool'),
    workloads: workloads.filter(({ name }) => name === 'cpu'),
    blocks: 1,
  });
  return {
    ...document,
    command: ['bench', 'run', '--model', 'pool', '--workload', 'cpu', '--quick'],
  };
}

const documents: Readonly<Record<string, RunDocument>> = {
  full: run(),
  single: single(),
  troubled: troubled(),
  empty: {
    ...planned(),
    status: 'interrupted',
    finishedAt: new Date(startedAt + 400).toISOString(),
  },
};

for (const [name, document] of Object.entries(documents)) {
  const file = new URL(`fixture-${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(runDocumentSchema.parse(document), null, 1)}\n`);
}
