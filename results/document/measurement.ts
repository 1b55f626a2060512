import { z } from 'zod';

export const count = z.int().nonnegative();
export const seconds = z.number().nonnegative();

/** A request that takes longer is given up: ten times as long as a person waits for a page. */
export const requestTimeoutSeconds = 10;

/** A quantile in ms; null where it falls among requests that were never answered (they rank as +∞). */
export const quantileMs = z.number().nonnegative().nullable();

/** Times of many requests. `histogram` is a compressed HdrHistogram of the answered ones, in µs and base64. */
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

/**
 * The outcomes of requests: `sent` is the sum of the others, except `mismatched` (wrong body), which is part of `ok`.
 */
export const requestCountsSchema = z.object({
  sent: count,
  ok: count,
  non2xx: count,
  timeouts: count,
  errors: count,
  mismatched: count,
});

/**
 * The requests of one class in a measurement. Service time counts from the actual send; response time from the
 * scheduled send, which only an open loop has.
 */
const classMeasurementSchema = z.object({
  name: z.string(),
  requests: requestCountsSchema,
  /** Good responses that arrived in the window, per second; those in its first and last quarter have less weight. */
  throughputPerSecond: z.number().nonnegative(),
  serviceTime: distributionSchema,
  responseTime: distributionSchema.nullable(),
});

/** What a tree of processes used during a measurement; null where the platform does not report it. */
const resourcesSchema = z.object({
  cpuSeconds: seconds.nullable(),
  /** Time that runnable threads waited for a core. */
  runQueueDelaySeconds: seconds.nullable(),
  /**
   * Memory at the end of the window: anonymous and shared pages in proportion, plus the resident pages of files of the
   * process that has most of them. Up to version 0.2.0 the proportional set size, which other processes affect.
   */
  pssBytes: count.nullable(),
  processes: count.nullable(),
  threads: count.nullable(),
  /** Processes that ended during the window. */
  processesReplaced: count.nullable(),
});

/** A tenth of a second of a measurement: for charts over time and the test for a steady state. */
const intervalSchema = z.object({
  startSeconds: seconds,
  durationSeconds: seconds,
  sent: count,
  completed: count,
  /** Requests sent and not yet answered at the end of the interval. */
  inFlight: count,
  serverCpuSeconds: seconds.nullable(),
  /** The longest delay of a timer in any of the server's event loops; null where the server does not report it. */
  eventLoopDelayMs: z.number().nonnegative().nullable().default(null),
});

/** A gate fired: the numbers may be wrong; where it is `void` they must not be used. Message and advice are clauses. */
export const warningSchema = z.object({
  code: z.string(),
  severity: z.enum(['note', 'warn', 'void']),
  message: z.string(),
  advice: z.string(),
});

/** Counts of the kernel for the whole network namespace, from warm-up to the end of the window. */
const kernelCountsSchema = z.object({
  listenOverflows: count.nullable(),
  listenDrops: count.nullable(),
  synRetransmits: count.nullable(),
});

/** CPU time of the whole machine during a window, all programs together. */
const hostActivitySchema = z.object({
  busyCpuSeconds: seconds.nullable(),
  stealSeconds: seconds.nullable(),
});

/**
 * What a CPU quota, as of a container, took from the processes of a run during a window: in a throttled period the quota
 * was used up. The seconds are CPU time, added over all CPUs.
 */
const throttlingSchema = z.object({
  periods: count,
  throttledPeriods: count,
  throttledSeconds: seconds,
});

/**
 * The rate of an open loop. `shared`: one rate for all servers; `alone`: the part of that rate which the first class has,
 * without the other classes; `proportional`: a share of the server's capacity.
 */
const rateSchema = z.enum(['shared', 'alone', 'proportional']);

/** The part of one load worker in a load that came from several machines. */
const loadWorkerSchema = z.object({
  name: z.string(),
  /** Whether it ran on the machine of the run, whose CPU time it used. */
  onThisMachine: z.boolean(),
  requests: requestCountsSchema,
  /** The median service time. */
  p50Ms: quantileMs,
  generatorProcesses: z.int().positive(),
  /** Of its load generator in the window. */
  cpuSeconds: seconds.nullable(),
  /** How far its clock was ahead of the runner's, and the most by which that may be wrong: half the round trip. */
  clockAheadMs: z.number(),
  clockErrorMs: z.number().nonnegative(),
  /** How long after the agreed start it was told to start; 0 if it was told before. */
  startedLateMs: z.number().nonnegative(),
  /** The longest time, from its start to its result, without an answer to the runner. */
  longestSilenceMs: z.number().nonnegative(),
  /** The least time of several in which the server accepted a connection: one network round trip. */
  serverRoundTripMs: z.number().nonnegative(),
});

/** The windows of load that a trial may have, in the order in which they are measured: a closed loop, and open loops. */
export const windowSchema = z.enum(['closed', ...rateSchema.options]);

/** One window of load on one server. */
export const measurementSchema = classMeasurementSchema.omit({ name: true }).extend({
  loop: z.enum(['closed', 'open']),
  /** The requests in flight of a closed loop; the most connections that an open loop may open. */
  connections: count,
  connectionsOpened: count,
  /** Connections that could be open at once: `connections`, or what the limit on open files allows if that is less. */
  connectionLimit: count.nullable().default(null),
  /** Requests of an open loop that found all connections busy and waited for one. */
  waitedForConnection: count.nullable().default(null),
  /** Processes of the load generator that sent the requests. */
  generatorProcesses: z.int().positive().default(1),
  /** Empty where the load came from the machine of the run alone. */
  loadWorkers: z.array(loadWorkerSchema).default([]),
  /** The rate at which an open loop sends; null for a closed loop. */
  offeredPerSecond: z.number().positive().nullable(),
  /** Null for a closed loop. */
  rate: rateSchema.nullable(),
  /** How long after the scheduled time requests were sent; null for a closed loop. */
  sendLag: distributionSchema.nullable(),
  warmupSeconds: seconds,
  windowSeconds: seconds,
  classes: z.array(classMeasurementSchema),
  server: resourcesSchema,
  client: resourcesSchema,
  /** Null without a database, and where its processes are unknown. */
  database: resourcesSchema.nullable().default(null),
  /** Why requests failed, and how many for each reason. */
  failures: z.record(z.string(), count),
  kernel: kernelCountsSchema,
  host: hostActivitySchema,
  /** Null where the kernel does not count it. */
  throttling: throttlingSchema.nullable().default(null),
  intervals: z.array(intervalSchema),
  warnings: z.array(warningSchema),
});

export type Distribution = z.infer<typeof distributionSchema>;
export type RequestCounts = z.infer<typeof requestCountsSchema>;
export type ClassMeasurement = z.infer<typeof classMeasurementSchema>;
export type Resources = z.infer<typeof resourcesSchema>;
export type Interval = z.infer<typeof intervalSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type LoadWorker = z.infer<typeof loadWorkerSchema>;
export type KernelCounts = z.infer<typeof kernelCountsSchema>;
export type HostActivity = z.infer<typeof hostActivitySchema>;
export type Throttling = z.infer<typeof throttlingSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
