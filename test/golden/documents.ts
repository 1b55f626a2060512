import { mergeDistributions, TimeRecorder } from '../../results/document/distribution.ts';
import {
  type CalibratedRequest,
  type ClassMeasurement,
  type Distribution,
  type Disturbance,
  type Fairness,
  type Measurement,
  type PlannedServer,
  type PlannedWorkload,
  type RunDocument,
  runDocumentSchema,
  runDocumentVersion,
  type TracedRequest,
  type TracedRun,
  type Trial,
} from '../../results/document/run-document.ts';
import type { WindowName } from '../../results/select.ts';
import { type Random, seededRandom, shuffled } from '../../results/statistics/random.ts';

interface Times {
  readonly medianMs: number;
  /** The larger, the further slow times are from the median. */
  readonly spread: number;
}

interface Behaviour {
  readonly perSecond: number;
  /** Closed loop, for each class. */
  readonly times: Readonly<Record<string, Times>>;
  /** Open loop at the rate common to all, for each class. */
  readonly openTimes: Readonly<Record<string, Times>>;
  /** Open loop with the first class alone, where there are several. */
  readonly aloneTimes?: Readonly<Record<string, Times>>;
  readonly cores: number;
}

const servers: PlannedServer[] = [
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

const references: PlannedServer[] = [
  reference('express', 'event-loop', 'Express 5 on Node.js', 1, true),
  reference('uwsgi-flask', 'prefork', 'Flask on uWSGI', 5, false),
  reference('uwsgi-django', 'prefork', 'Django on uWSGI', 5, false),
  reference('go-net-http', 'pool', 'Go with net/http', 2, true),
];

/** The speed of references, relative to their models, where requests cost all servers the same CPU time. */
const demandSpeeds: Readonly<Record<string, number>> = { express: 0.96, 'go-net-http': 1.03 };

/** The speed of references, relative to their models. */
const speeds: Readonly<Record<string, number>> = {
  express: 0.93,
  'uwsgi-flask': 0.31,
  'uwsgi-django': 0.28,
  'go-net-http': 2.1,
};

const pssMb: Readonly<Record<string, number>> = { 'event-loop': 48, prefork: 131, pool: 74 };
const processCounts: Readonly<Record<string, number>> = { 'event-loop': 1, prefork: 6, pool: 1 };

const io = { name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 };
const cpu = { name: 'cpu', weight: 1, path: '/cpu?n=27', waitMs: 0 };
const workloads: Omit<PlannedWorkload, 'servers'>[] = [
  {
    name: 'io',
    summary: 'each request waits, as for a database, and computes nothing',
    parameters: { ms: 50 },
    classes: [io],
    objectives: [],
  },
  {
    name: 'cpu',
    summary: 'each request computes: naive Fibonacci',
    parameters: { n: 27 },
    classes: [cpu],
    objectives: [],
  },
  {
    name: 'mixed',
    summary: 'light requests (io) beside heavy ones (cpu): does heavy work delay light work?',
    parameters: { ms: 50, n: 27, light: 1, heavy: 1 },
    classes: [
      { ...io, name: 'light' },
      { ...cpu, name: 'heavy' },
    ],
    objectives: [],
  },
];

const one = (name: string, medianMs: number, spread: number) => ({ [name]: { medianMs, spread } });
const behaviours: Readonly<Record<string, Readonly<Record<string, Behaviour>>>> = {
  io: {
    'event-loop': {
      perSecond: 1271,
      cores: 0.31,
      times: one('io', 50.2, 0.004),
      openTimes: one('io', 50.3, 0.004),
    },
    prefork: {
      perSecond: 99.2,
      cores: 0.12,
      times: one('io', 640, 0.02),
      openTimes: one('io', 53, 0.25),
    },
    pool: {
      perSecond: 1268,
      cores: 0.39,
      times: one('io', 50.3, 0.005),
      openTimes: one('io', 50.4, 0.005),
    },
  },
  cpu: {
    'event-loop': {
      perSecond: 633,
      cores: 0.99,
      times: one('cpu', 100, 0.12),
      openTimes: one('cpu', 2.4, 0.5),
    },
    prefork: {
      perSecond: 1201,
      cores: 1.93,
      times: one('cpu', 52, 0.25),
      openTimes: one('cpu', 2.1, 0.3),
    },
    pool: {
      perSecond: 1214,
      cores: 1.94,
      times: one('cpu', 52.5, 0.1),
      openTimes: one('cpu', 1.9, 0.25),
    },
  },
  mixed: {
    'event-loop': {
      perSecond: 690,
      cores: 0.99,
      times: { ...one('light', 104, 0.16), ...one('heavy', 66, 0.22) },
      openTimes: { ...one('light', 130, 0.12), ...one('heavy', 1.8, 0.3) },
      aloneTimes: one('light', 50.3, 0.01),
    },
    prefork: {
      perSecond: 173,
      cores: 0.4,
      times: { ...one('light', 366, 0.1), ...one('heavy', 322, 0.12) },
      openTimes: { ...one('light', 54, 0.2), ...one('heavy', 3, 1) },
      aloneTimes: one('light', 50.6, 0.02),
    },
    pool: {
      perSecond: 1140,
      cores: 1.92,
      times: { ...one('light', 51.4, 0.03), ...one('heavy', 57, 0.2) },
      openTimes: { ...one('light', 50.3, 0.004), ...one('heavy', 1.7, 0.12) },
      aloneTimes: one('light', 50.2, 0.004),
    },
  },
};

/** 60 % of the slowest server's throughput, in requests/s. */
const sharedRates: Readonly<Record<string, number>> = { io: 59.5, cpu: 380, mixed: 104 };

const windowSeconds = 3;

function server(
  name: string,
  summary: string,
  models: string,
  workers: number,
  keepAlive: boolean,
): PlannedServer {
  return { name, kind: 'model', summary, models, version: '0.1.0', workers, keepAlive };
}

function reference(
  name: string,
  modelledBy: string,
  summary: string,
  workers: number,
  keepAlive: boolean,
): PlannedServer {
  return { name, kind: 'reference', summary, modelledBy, version: '0.1.0', workers, keepAlive };
}

/** A reference behaves as its model, but computes faster or slower. */
function behaviourOf(workload: string, serverName: string, fairness: Fairness = 'work'): Behaviour {
  const model = references.find(({ name }) => name === serverName)?.modelledBy ?? serverName;
  const behaviour = behaviours[workload]?.[model];
  if (!behaviour) throw new Error(`no behaviour of ${serverName} under ${workload}`);
  const speedOf = fairness === 'work' ? speeds : demandSpeeds;
  const speed = workload === 'io' ? 1 : (speedOf[serverName] ?? 1);
  const scaled = (times: Behaviour['times']) =>
    Object.fromEntries(
      Object.entries(times).map(([name, { medianMs, spread }]) => [
        name,
        { medianMs: medianMs / speed, spread },
      ]),
    );
  return {
    ...behaviour,
    perSecond: behaviour.perSecond * speed,
    times: scaled(behaviour.times),
    openTimes: scaled(behaviour.openTimes),
    ...(behaviour.aloneTimes && { aloneTimes: scaled(behaviour.aloneTimes) }),
  };
}

/** Nearly standard normal: the sum of twelve uniform numbers, less 6. Drawn a million times, so without an array. */
function normal(random: Random): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}

function distribution(count: number, { medianMs, spread }: Times, random: Random): Distribution {
  const recorder = new TimeRecorder();
  for (let index = 0; index < count; index++) {
    const deviation = normal(random);
    recorder.record(medianMs * Math.exp(spread * deviation * (deviation > 0 ? 1.4 : 0.4)));
  }
  return recorder.summarise();
}

function measurement(
  workload: string,
  serverName: string,
  window: WindowName,
  fairness: Fairness,
  random: Random,
): Measurement {
  const { perSecond, times, openTimes, aloneTimes, cores } = behaviourOf(
    workload,
    serverName,
    fairness,
  );
  const closed = window === 'closed';
  const drift = closed ? 1 + 0.0015 * normal(random) : window === 'proportional' ? 0.8 : 1;
  const shared = sharedRates[workload] ?? 1;
  const openRate = { shared, alone: shared / 2, proportional: 0.7 * perSecond };
  const rate = window === 'closed' ? perSecond * drift : openRate[window];
  const timesIn = {
    closed: times,
    shared: openTimes,
    alone: aloneTimes ?? {},
    proportional: openTimes,
  };
  const byClass = Object.entries(timesIn[window]);
  const each = Math.round((rate * windowSeconds) / byClass.length);
  const classes = byClass.map(([name, { medianMs, spread }]): ClassMeasurement => {
    const taken = distribution(each, { medianMs: medianMs / drift, spread }, random);
    return {
      name,
      requests: allOk(each),
      throughputPerSecond: each / windowSeconds,
      serviceTime: taken,
      responseTime: closed ? null : taken,
    };
  });
  const count = each * classes.length;
  const all = mergeDistributions(classes.map(({ serviceTime }) => serviceTime));
  const load = closed ? 1 : rate / perSecond;
  const cpuSeconds = cores * load * windowSeconds * (1 + 0.01 * normal(random));
  return {
    loop: closed ? 'closed' : 'open',
    connections: closed ? 64 : 4096,
    connectionsOpened: serverName === 'prefork' ? count : 64,
    connectionLimit: null,
    waitedForConnection: null,
    generatorProcesses: 1,
    loadWorkers: [],
    offeredPerSecond: closed ? null : rate,
    rate: window === 'closed' ? null : window,
    sendLag: closed ? null : distribution(count, { medianMs: 0.06, spread: 0.5 }, random),
    warmupSeconds: closed ? 2 : 0.6,
    windowSeconds,
    requests: allOk(count),
    throughputPerSecond: count / windowSeconds,
    serviceTime: all,
    responseTime: closed ? null : all,
    classes,
    server: {
      cpuSeconds,
      runQueueDelaySeconds: cpuSeconds * 0.04,
      pssBytes: Math.round((pssMb[serverName] ?? 50) * 2 ** 20 * (1 + 0.01 * normal(random))),
      processes: processCounts[serverName] ?? 1,
      threads: (processCounts[serverName] ?? 1) * 11,
      processesReplaced: 0,
    },
    database: null,
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
    throttling: null,
    intervals: intervals(count, cpuSeconds, closed ? 64 : 3, random).map((interval, tenth) => ({
      ...interval,
      eventLoopDelayMs: loopDelayMs(workload, serverName, closed, tenth),
    })),
    warnings: [],
  };
}

const allOk = (count: number) => ({
  sent: count,
  ok: count,
  non2xx: 0,
  timeouts: 0,
  errors: 0,
  mismatched: 0,
});

/** Null for a server without an event loop; a computation delays the timers of an event loop. */
function loopDelayMs(workload: string, serverName: string, closed: boolean, tenth: number) {
  const computes = workload === 'io' ? 0 : 1;
  const wave = 1 + 0.2 * Math.sin(tenth);
  const model = references.find(({ name }) => name === serverName)?.modelledBy;
  if (model !== undefined && model !== 'event-loop') return null;
  if (serverName === 'pool') return 1.5 * wave;
  if (serverName === 'prefork') return (0.8 + 2 * computes) * wave;
  return (2 + computes * (closed ? 95 : 4)) * wave;
}

/** Tenths of a second. */
function intervals(
  count: number,
  cpuSeconds: number,
  inFlight: number,
  random: Random,
): Omit<Measurement['intervals'][number], 'eventLoopDelayMs'>[] {
  const length = windowSeconds * 10;
  return Array.from({ length }, (_, tenth) => {
    const completed = Math.round((count / length) * (1 + 0.03 * normal(random)));
    return {
      startSeconds: tenth / 10,
      durationSeconds: 0.1,
      sent: completed,
      completed,
      inFlight,
      serverCpuSeconds: (cpuSeconds / length) * (1 + 0.03 * normal(random)),
    };
  });
}

const startedAt = Date.UTC(2026, 0, 5, 9, 0, 0);

interface Choice {
  readonly servers?: readonly PlannedServer[];
  readonly workloads?: typeof workloads;
  readonly blocks?: number;
  readonly fairness?: Fairness;
}

function planned(choice: Choice = {}): RunDocument {
  const chosen = choice.servers ?? servers;
  const names = chosen.map(({ name }) => name);
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
      realTimeGenerator: true,
    },
    plan: {
      servers: [...chosen],
      workloads: (choice.workloads ?? workloads).map((workload) => ({
        ...workload,
        servers: names,
      })),
      fairness: choice.fairness ?? 'work',
      connections: 64,
      durationSeconds: windowSeconds,
      warmupSeconds: 2,
      blocks: choice.blocks ?? 3,
      smallestClaim: 0.03,
      assertions: [],
      cpuLayout: { mode: 'shared', serverCpus: [0, 1], clientCpus: [0, 1] },
      database: null,
    },
    calibratedRequests: [],
    pilots: [],
    traces: [],
    disturbances: [],
    noiseProbes: [],
    trials: [],
  };
}

function run(choice: Choice = {}): RunDocument {
  const document = planned(choice);
  const random = seededRandom(document.seed, 'golden');
  const randomOfOwn = seededRandom(document.seed, 'golden, at their own rates');
  const randomAlone = seededRandom(document.seed, 'golden, one class alone');
  const { plan, trials } = document;
  const add = (
    block: number,
    position: number,
    purpose: Trial['purpose'],
    server: string,
    workload: string,
  ) => {
    trials.push({
      status: 'ok',
      block,
      position,
      purpose,
      server,
      workload,
      startedAt: new Date(startedAt + trials.length * 9000).toISOString(),
      wallSeconds: 8.6,
      measurements: [
        ...(['closed', 'shared'] as const).map((window) =>
          measurement(workload, server, window, plan.fairness, random),
        ),
        ...(behaviourOf(workload, server).aloneTimes
          ? [measurement(workload, server, 'alone', plan.fairness, randomAlone)]
          : []),
        measurement(workload, server, 'proportional', plan.fairness, randomOfOwn),
      ],
      sweep: [],
      curve: [],
      warnings: [],
    });
  };
  for (const { name: workload, classes } of plan.workloads) {
    for (const { name: server } of plan.servers) {
      const singleRequests = classes.map(({ name, waitMs }) => {
        const cpuMs = (waitMs > 0 ? 0.2 : 1.55) + (server === 'prefork' ? 0.5 : 0);
        const responseMs = waitMs + cpuMs;
        return { class: name, cpuSeconds: cpuMs / 1000, responseMs, fastestMs: responseMs };
      });
      const capacityPerSecond = behaviourOf(workload, server, plan.fairness).perSecond;
      const connectionMemory = {
        fewConnections: 64,
        manyConnections: 250,
        bytesEach: server === 'prefork' ? 1200 : 21_000,
        noiseBytesEach: server === 'prefork' ? 4000 : 1500,
      };
      document.pilots.push({
        server,
        workload,
        capacityPerSecond,
        singleRequests,
        connectionMemory: server === 'uwsgi-flask' ? null : connectionMemory,
        idle: null,
      });
    }
  }
  for (let block = 0; block < plan.blocks; block++) {
    document.noiseProbes.push({
      block,
      referenceLoopMs: 98 + block,
      cpuPressureShare: 0.01,
      stealShare: 0,
    });
    for (const { name: workload } of plan.workloads) {
      const order = shuffled(plan.servers, random);
      for (const [position, { name }] of order.entries())
        add(block, position, 'comparison', name, workload);
      const again = order[block % order.length]?.name;
      if (again !== undefined && plan.blocks > 1)
        add(block, order.length, 'control', again, workload);
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
  return { ...base, status, reason, measurements: [], sweep: [], curve: [], warnings: [] };
}

function overloadedAtProportionalRate(measurement: Measurement): Measurement {
  if (measurement.rate !== 'proportional') return measurement;
  const warning = {
    code: 'overloaded',
    severity: 'void' as const,
    message: 'overloaded: requests arrived faster than they were answered',
    advice: 'run again on a quieter machine, or give it more --workers',
  };
  return { ...measurement, warnings: [warning] };
}

/**
 * prefork exits under io in one block and is overloaded under cpu, pool never starts, one trial is void, and Ctrl-C ends
 * the second block early.
 */
function troubled(): RunDocument {
  const document = run({ blocks: 2 });
  const last = 18;
  const trials = document.trials.slice(0, last + 1).map((trial, index): Trial => {
    if (index === last)
      return stopped(trial, 'interrupted', 'stopped with Ctrl-C while it was measured');
    if (trial.server === 'pool') {
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
    if (trial.server === 'prefork' && trial.workload === 'cpu' && trial.status === 'ok') {
      return { ...trial, measurements: trial.measurements.map(overloadedAtProportionalRate) };
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

const sweepSeconds = 0.5;
/** Response times in a closed loop with one connection, by request class. */
const aloneMs: Readonly<Record<string, number>> = { io: 50.3, light: 50.3, cpu: 1.6, heavy: 1.6 };

/** A closed loop with few connections: limited by the connections, or by the server. */
function sweepAt(connections: number, full: Measurement, random: Random): Measurement {
  const alone = full.classes.map(({ name }) => aloneMs[name] ?? 1);
  const meanMs = alone.reduce((sum, ms) => sum + ms, 0) / alone.length;
  const mostPerSecond = (1000 * connections) / meanMs;
  const share = Math.min(1, mostPerSecond / full.throughputPerSecond);
  const perSecond = full.throughputPerSecond * share * (1 + 0.006 * normal(random));
  const each = Math.round((perSecond * sweepSeconds) / alone.length);
  const stretch = (1000 * connections) / perSecond / meanMs;
  const classes = full.classes.map((one, index): ClassMeasurement => {
    const times = { medianMs: (alone[index] ?? 1) * stretch, spread: 0.01 };
    const serviceTime = distribution(each, times, random);
    return { ...one, requests: allOk(each), throughputPerSecond: each / sweepSeconds, serviceTime };
  });
  const count = each * classes.length;
  return {
    ...full,
    connections,
    connectionsOpened: connections,
    warmupSeconds: 0.2,
    windowSeconds: sweepSeconds,
    requests: allOk(count),
    throughputPerSecond: count / sweepSeconds,
    serviceTime: mergeDistributions(classes.map(({ serviceTime }) => serviceTime)),
    classes,
    server: {
      ...full.server,
      cpuSeconds: ((full.server.cpuSeconds ?? 0) * count) / full.requests.ok,
    },
    intervals: [],
  };
}

/** Models and their references, with equal CPU time per request and a sweep of connections. */
function fidelityRun(): RunDocument {
  const document = run({
    servers: [...servers, ...references].filter(({ name }) =>
      ['event-loop', 'express', 'pool', 'go-net-http'].includes(name),
    ),
    workloads: workloads.filter(({ name }) => name !== 'io'),
    fairness: 'demand',
  });
  const random = seededRandom(document.seed, 'golden sweep');
  const trials = document.trials
    .filter(({ purpose }) => purpose === 'comparison')
    .map((trial): Trial => {
      const [closed] = trial.measurements;
      if (!closed) return trial;
      return {
        ...trial,
        sweep: [1, 8].map((connections) => sweepAt(connections, closed, random)),
      };
    });
  const ofModels = traces();
  const like = (model: string, reference: string) =>
    ofModels
      .filter(({ server }) => server === model)
      .flatMap((one) => [one, { ...one, server: reference }]);
  return {
    ...document,
    command: ['bench', 'run', '--fairness', 'demand', '--references'],
    calibratedRequests: demandsOf(document),
    trials,
    traces: [...like('event-loop', 'express'), ...like('pool', 'go-net-http')],
  };
}

/** A computation costs every server 2 ms of CPU time. */
function demandsOf({ plan }: RunDocument): CalibratedRequest[] {
  return plan.workloads.flatMap(({ name: workload, parameters, servers: names, classes }) =>
    classes
      .filter(({ waitMs }) => waitMs === 0)
      .flatMap(({ name, path }) =>
        names.map((server) => ({
          server,
          workload,
          class: name,
          parameters,
          path,
          targetCpuSeconds: 0.002,
          cpuSeconds: 0.00201,
          reason: null,
        })),
      ),
  );
}

/** Forty requests of the mixed workload, one a ms, light and heavy in turn, for each model. */
function traces(): TracedRun[] {
  const sends = Array.from({ length: 40 }, (_, index) => ({
    class: index % 2 === 0 ? 'light' : 'heavy',
    sentMs: index,
    waitMs: index % 2 === 0 ? 50 : 0,
    computeMs: index % 2 === 0 ? 0 : 8,
  }));
  return servers.map(({ name: server, workers }) => {
    const names = Array.from({ length: workers ?? 1 }, (_, index) =>
      server === 'prefork'
        ? String(4711 + index)
        : server === 'pool'
          ? `worker-${index + 1}`
          : '4700',
    );
    const freeMs = names.map(() => 0);
    const takeTurn = (readyMs: number, lengthMs: number) => {
      const lane = freeMs.indexOf(Math.min(...freeMs));
      const startMs = Math.max(readyMs, freeMs[lane] ?? 0);
      freeMs[lane] = startMs + lengthMs;
      return { worker: names[lane] ?? '', startMs, endMs: startMs + lengthMs };
    };
    const endsMs: number[] = [];
    /** Adds a request to the process that holds all requests (every model but prefork); returns how many are in flight. */
    const handle = (startMs: number, endMs: number) =>
      endsMs.push(endMs) && endsMs.filter((other) => other > startMs).length;
    const requests = sends.map((send): TracedRequest => {
      const { sentMs, waitMs, computeMs } = send;
      if (waitMs > 0 && server !== 'prefork') {
        const worker = server === 'pool' ? 'netpoller' : '4700';
        return {
          ...send,
          queueMs: 0,
          worker,
          inFlight: handle(sentMs, sentMs + waitMs),
          answeredMs: sentMs + waitMs + 0.4,
        };
      }
      const { worker, startMs, endMs } = takeTurn(sentMs, waitMs + computeMs);
      const inFlight = server === 'prefork' ? 1 : handle(sentMs, endMs);
      return { ...send, queueMs: startMs - sentMs, worker, inFlight, answeredMs: endMs + 0.3 };
    });
    return { server, workload: 'mixed', requests };
  });
}

/** Three turns that other programs disturbed: one was measured again, one twice, and one was kept. */
function disturbances(): Disturbance[] {
  const seen = (cores: number) =>
    `other programs kept ${cores} cores busy during the window: the server may have had less CPU time`;
  const mixed = { block: 1, workload: 'mixed', window: 'shared' } as const;
  return [
    { block: 0, workload: 'cpu', window: 'closed', reason: seen(0.9), repeated: true },
    { ...mixed, reason: seen(1), repeated: true },
    { ...mixed, reason: seen(0.7), repeated: true },
    { block: 2, workload: 'mixed', window: 'alone', reason: seen(0.4), repeated: false },
  ];
}

/** Offered loads as shares of the highest capacity, and what they leave of an idle server's speed. */
const curveShares = [0.05, 0.3, 0.6, 0.8, 0.95, 1.15];
const curveSeconds = 1;

/** What the server could serve if it had more connections: as much as its one thread or both cores can compute. */
function openCapacity(workload: string, server: string): number {
  const { perSecond, cores } = behaviourOf(workload, server);
  return server === 'prefork' ? perSecond : (perSecond * (server === 'pool' ? 2 : 1)) / cores;
}

/** An open loop of the load curve: times grow as 1/(1 − load/capacity); above the capacity, the server is overloaded. */
function curveWindow(
  { workload, server }: Trial,
  perSecond: number,
  full: Measurement,
  random: Random,
): Measurement {
  const { perSecond: inClosedLoop, openTimes, cores } = behaviourOf(workload, server);
  const capacity = openCapacity(workload, server);
  const served = Math.min(perSecond, capacity * (1 + 0.01 * normal(random)));
  const isOverloaded = perSecond >= capacity;
  const byClass = Object.entries(openTimes);
  const each = Math.max(1, Math.round((perSecond * curveSeconds) / byClass.length));
  const classes = byClass.map(([name, { medianMs }]): ClassMeasurement => {
    const aloneIn = aloneMs[name] ?? 1;
    const queued = Math.max(0.1, medianMs - aloneIn) / (1 - Math.min(0.98, perSecond / capacity));
    const times = distribution(each, { medianMs: aloneIn + queued / 2, spread: 0.2 }, random);
    return {
      name,
      requests: allOk(each),
      throughputPerSecond: served / byClass.length,
      serviceTime: times,
      responseTime: times,
    };
  });
  const all = mergeDistributions(classes.map(({ serviceTime }) => serviceTime));
  const count = each * classes.length;
  return {
    ...full,
    loop: 'open',
    rate: 'shared',
    connections: 10_000,
    offeredPerSecond: perSecond,
    sendLag: distribution(count, { medianMs: 0.06, spread: 0.5 }, random),
    warmupSeconds: 0.1,
    windowSeconds: curveSeconds,
    requests: allOk(count),
    throughputPerSecond: served,
    serviceTime: all,
    responseTime: all,
    classes,
    server: {
      ...full.server,
      cpuSeconds:
        cores *
        (Math.min(perSecond, capacity) / inClosedLoop) *
        curveSeconds *
        (1 + 0.01 * normal(random)),
    },
    intervals: [],
    warnings: isOverloaded
      ? [
          {
            code: 'overloaded',
            severity: 'void',
            message: `overloaded at ${Math.round(perSecond)} requests/s: requests arrived faster than they were answered, so response times grow with the length of the window`,
            advice: 'offer a lower --rate, or use more --workers',
          },
        ]
      : [],
  };
}

/** Everything that a run may have: load curves, of which each block has half the loads, objectives, idle costs, traces. */
function full(): RunDocument {
  const document = run({ blocks: 4 });
  const random = seededRandom(document.seed, 'golden load curve');
  const { plan, pilots, trials } = document;
  const belowMs: Readonly<Record<string, number>> = { io: 100, cpu: 20, mixed: 100 };
  const capacities = (workload: string) =>
    plan.servers.map(({ name }) => behaviourOf(workload, name).perSecond);
  return {
    ...document,
    plan: {
      ...plan,
      workloads: plan.workloads.map((workload) => ({
        ...workload,
        objectives: [
          {
            class: workload.classes.length > 1 ? (workload.classes[0]?.name ?? null) : null,
            percentile: 'p95',
            belowMs: belowMs[workload.name] ?? 100,
          },
        ],
      })),
    },
    pilots: pilots.map((pilot) => ({
      ...pilot,
      idle: { coresBusy: 0.002, memoryBytes: (pssMb[pilot.server] ?? 50) * 2 ** 19 },
    })),
    trials: trials.map((trial): Trial => {
      const [closed] = trial.measurements;
      if (trial.purpose === 'control' || !closed) return trial;
      const all = capacities(trial.workload);
      const [lowest, highest] = [Math.min(...all), Math.max(...all)];
      const loads = [
        ...curveShares.map((share) => share * highest),
        ...(highest > 3 * lowest ? [0.6, 0.85, 1.1].map((share) => share * lowest) : []),
      ].toSorted((a, b) => a - b);
      const own = loads.filter((_, index) => {
        const previous = loads[index - 1] ?? 0;
        return (
          index % 2 === trial.block % 2 &&
          previous <= 1.5 * behaviourOf(trial.workload, trial.server).perSecond
        );
      });
      return { ...trial, curve: own.map((load) => curveWindow(trial, load, closed, random)) };
    }),
    traces: traces(),
    disturbances: disturbances(),
  };
}

const makers = {
  full,
  single,
  references: () =>
    run({
      servers: [...servers, ...references],
      workloads: workloads.filter(({ name }) => name !== 'mixed'),
    }),
  fidelity: fidelityRun,
  troubled,
  empty: (): RunDocument => ({
    ...planned(),
    status: 'interrupted',
    finishedAt: new Date(startedAt + 400).toISOString(),
  }),
} satisfies Record<string, () => RunDocument>;

const made = new Map<GoldenName, RunDocument>();

export type GoldenName = keyof typeof makers;

export const goldenNames: readonly GoldenName[] = [
  'full',
  'single',
  'references',
  'fidelity',
  'troubled',
  'empty',
];

/**
 * A run document whose numbers are invented, plausible for two cores: it tests reading and reporting, and says nothing
 * about any server. Seeded, so that it is the same each time; a caller may change its copy.
 */
export function golden(name: GoldenName): RunDocument {
  const document = made.get(name) ?? runDocumentSchema.parse(makers[name]());
  made.set(name, document);
  return structuredClone(document);
}
