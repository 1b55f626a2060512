import { z } from 'zod';

/** Raised by one whenever a document of the old shape would be misread; see docs/decisions. */
export const runDocumentVersion = 1;

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();

/** A quantile in ms; null when it falls among requests that were never answered (they rank as +∞). */
const quantileMs = z.number().nonnegative().nullable();

/** Times of many requests. `histogram` is a compressed HdrHistogram in µs, base64, of the answered ones. */
export const distributionSchema = z.object({
  count,
  meanMs: z.number().nonnegative().nullable(),
  minMs: quantileMs,
  p50Ms: quantileMs,
  p90Ms: quantileMs,
  p95Ms: quantileMs,
  p99Ms: quantileMs,
  p999Ms: quantileMs,
  maxMs: quantileMs,
  histogram: z.string(),
});

/** What became of the requests sent: `sent` is always the sum of the rest. `mismatched` (wrong body) is a part of `ok`. */
export const requestCountsSchema = z.object({
  sent: count,
  ok: count,
  non2xx: count,
  timeouts: count,
  errors: count,
  mismatched: count,
});

/**
 * One class of a measurement's requests. Service time runs from the actual send; response time from the
 * intended send, which only an open loop has.
 */
const classMeasurementSchema = z.object({
  name: z.string(),
  requests: requestCountsSchema,
  throughputPerSecond: z.number().nonnegative(),
  serviceTime: distributionSchema,
  responseTime: distributionSchema.nullable(),
});

/** What a tree of processes used during a measurement; null where this platform does not tell. */
export const resourcesSchema = z.object({
  cpuSeconds: seconds.nullable(),
  /** Time that runnable threads waited for a core: contention, measured directly. */
  runQueueDelaySeconds: seconds.nullable(),
  /** Proportional set size at the window's end: shared pages are counted once over all processes. */
  pssBytes: count.nullable(),
  processes: count.nullable(),
  threads: count.nullable(),
  /** Processes that were there when the window began and gone when it ended. */
  processesReplaced: count.nullable(),
});

/** A tenth of a second of a measurement: for charts over time, and to tell whether it was steady. */
const intervalSchema = z.object({
  startSeconds: seconds,
  durationSeconds: seconds,
  sent: count,
  completed: count,
  /** Requests sent and not yet answered at the interval's end. */
  inFlight: count,
  serverCpuSeconds: seconds.nullable(),
});

/** A doubt about a number, as a typed value; `void` means that the number must not be used. */
export const warningSchema = z.object({
  code: z.string(),
  severity: z.enum(['note', 'warn', 'void']),
  message: z.string(),
  advice: z.string(),
});

/** What the kernel counted for the whole network namespace from warm-up to the window's end. */
export const kernelCountsSchema = z.object({
  listenOverflows: count.nullable(),
  listenDrops: count.nullable(),
  synRetransmits: count.nullable(),
});

/** What the whole machine did during a window, ours and others' work together. */
export const hostActivitySchema = z.object({
  busyCpuSeconds: seconds.nullable(),
  stealSeconds: seconds.nullable(),
});

/** One window of load on one server. */
export const measurementSchema = classMeasurementSchema.omit({ name: true }).extend({
  loop: z.enum(['closed', 'open']),
  /** A closed loop's requests in flight; the connections that an open loop may open. */
  connections: count,
  connectionsOpened: count,
  /** The rate at which an open loop sends; null for a closed one, which sends as fast as it is answered. */
  offeredPerSecond: z.number().positive().nullable(),
  /** Which rate: the same for all servers, or a share of this server's own capacity; null for a closed loop. */
  rate: z.enum(['common', 'own']).nullable(),
  /** How late requests left, after the time intended; an open loop's only. */
  sendLag: distributionSchema.nullable(),
  warmupSeconds: seconds,
  windowSeconds: seconds,
  classes: z.array(classMeasurementSchema),
  server: resourcesSchema,
  client: resourcesSchema,
  /** Why requests of the window got no good answer, and how many. */
  failures: z.record(z.string(), count),
  kernel: kernelCountsSchema,
  host: hostActivitySchema,
  intervals: z.array(intervalSchema),
  /** What is doubtful about this window; one that is void must not be used. */
  warnings: z.array(warningSchema),
});

const trialBase = z.object({
  block: count,
  position: count,
  /** A control repeats a server within its block: what differs between the two is noise, the A/A floor. */
  purpose: z.enum(['comparison', 'control']),
  server: z.string(),
  workload: z.string(),
  startedAt: z.iso.datetime(),
  wallSeconds: seconds,
});

/** One server lifetime under one load. A trial that failed says why and keeps what was measured before. */
export const trialSchema = z.discriminatedUnion('status', [
  trialBase.extend({
    status: z.literal('ok'),
    measurements: z.array(measurementSchema).min(1),
    warnings: z.array(warningSchema),
  }),
  trialBase.extend({
    status: z.enum(['failed', 'skipped', 'interrupted']),
    reason: z.string(),
    measurements: z.array(measurementSchema),
    warnings: z.array(warningSchema),
  }),
]);

const serverSchema = z.object({
  name: z.string(),
  kind: z.enum(['model', 'reference', 'own']),
  summary: z.string(),
  standsFor: z.string(),
  version: z.string(),
  workers: z.int().positive(),
  /** Whether connections outlive an answer. */
  keepAlive: z.boolean(),
});

const workloadSchema = z.object({
  name: z.string(),
  summary: z.string(),
  parameters: z.record(z.string(), z.number()),
  /** The names of the servers that it was asked of. */
  servers: z.array(z.string()),
  classes: z.array(
    z.object({
      name: z.string(),
      weight: z.number().positive(),
      path: z.string(),
      waitMs: z.number().nonnegative(),
    }),
  ),
});

/**
 * What was learnt of a server under a workload before the blocks, to choose the rates of open loops and to
 * predict: its capacity, and what one request of each class costs when it is alone.
 */
export const pilotSchema = z.object({
  server: z.string(),
  workload: z.string(),
  capacityPerSecond: z.number().nonnegative(),
  singleRequests: z.array(
    z.object({ class: z.string(), cpuSeconds: seconds.nullable(), responseMs: quantileMs }),
  ),
});

/** How fast and how quiet the machine was at the start of a block, with nothing of ours running. */
export const canarySchema = z.object({
  block: count,
  /** Median wall time of a fixed computation. */
  spinMs: z.number().positive(),
  /** Share of the time in which some task waited for a CPU (pressure stall information). */
  cpuPressureShare: z.number().min(0).max(1).nullable(),
  stealShare: z.number().min(0).max(1).nullable(),
});

/**
 * Where the time of one traced request went, in ms; `sentMs` and `answeredMs` count from when the first of its run was
 * sent. What queue, wait and compute leave over was spent on the way, or in a queue that the server cannot see.
 */
export const tracedRequestSchema = z.object({
  class: z.string(),
  sentMs: z.number().nonnegative(),
  answeredMs: z.number().nonnegative(),
  queueMs: z.number().nonnegative(),
  waitMs: z.number().nonnegative(),
  computeMs: z.number().nonnegative(),
  /** Which process or thread served it. */
  worker: z.string(),
});

/** The same few requests, sent to one server in the same order at the same times, and traced one by one. */
export const tracedRunSchema = z.object({
  server: z.string(),
  workload: z.string(),
  requests: z.array(tracedRequestSchema).min(1),
});

/** The machine and the software that the numbers hold for. */
export const environmentSchema = z.object({
  cpuModel: z.string(),
  /** Cores this process may really use: affinity and container quotas counted. */
  cpusAvailable: z.number().positive(),
  cpusOnline: z.int().positive(),
  memoryBytes: count,
  operatingSystem: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  nodeVersion: z.string(),
  benchVersion: z.string(),
  commit: z.string().nullable(),
  container: z.boolean(),
  openFilesLimit: z.number().nullable(),
  listenBacklogLimit: z.number().nullable(),
});

/** Everything that one run planned, met and measured: what reports are made from, and nothing else. */
export const runDocumentSchema = z.object({
  schema: z.literal('concurrency-bench/run'),
  version: z.literal(runDocumentVersion),
  status: z.enum(['running', 'complete', 'failed', 'interrupted']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  command: z.array(z.string()),
  seed: z.int().nonnegative(),
  environment: environmentSchema,
  plan: z.object({
    servers: z.array(serverSchema),
    workloads: z.array(workloadSchema),
    connections: z.int().positive(),
    durationSeconds: z.number().positive(),
    warmupSeconds: seconds,
    blocks: z.int().positive(),
    /** Differences below this fraction are never claimed: short runs cannot tell them. */
    smallestClaim: z.number().nonnegative(),
    cpuLayout: z.object({
      mode: z.enum(['isolated', 'shared']),
      serverCpus: z.array(count),
      clientCpus: z.array(count),
    }),
  }),
  pilots: z.array(pilotSchema),
  canaries: z.array(canarySchema),
  trials: z.array(trialSchema),
  /** None where no requests were traced. */
  traces: z.array(tracedRunSchema),
});

export type Distribution = z.infer<typeof distributionSchema>;
export type RequestCounts = z.infer<typeof requestCountsSchema>;
export type ClassMeasurement = z.infer<typeof classMeasurementSchema>;
export type Resources = z.infer<typeof resourcesSchema>;
export type Interval = z.infer<typeof intervalSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type KernelCounts = z.infer<typeof kernelCountsSchema>;
export type HostActivity = z.infer<typeof hostActivitySchema>;
export type Pilot = z.infer<typeof pilotSchema>;
export type Canary = z.infer<typeof canarySchema>;
export type Measurement = z.infer<typeof measurementSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type TracedRequest = z.infer<typeof tracedRequestSchema>;
export type TracedRun = z.infer<typeof tracedRunSchema>;
export type PlannedServer = z.infer<typeof serverSchema>;
export type PlannedWorkload = z.infer<typeof workloadSchema>;
export type Environment = z.infer<typeof environmentSchema>;
export type RunDocument = z.infer<typeof runDocumentSchema>;
