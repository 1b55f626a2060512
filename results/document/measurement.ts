import { z } from 'zod';

export const count = z.int().nonnegative();
export const seconds = z.number().nonnegative();

/** A quantile in ms; null when it falls among requests that were never answered (they rank as +∞). */
export const quantileMs = z.number().nonnegative().nullable();

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
  /** The longest time for which any of the server's event loops kept a timer waiting; null where none told. */
  eventLoopDelayMs: z.number().nonnegative().nullable().default(null),
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
  rate: z.enum(['shared', 'proportional']).nullable(),
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

export type Distribution = z.infer<typeof distributionSchema>;
export type RequestCounts = z.infer<typeof requestCountsSchema>;
export type ClassMeasurement = z.infer<typeof classMeasurementSchema>;
export type Resources = z.infer<typeof resourcesSchema>;
export type Interval = z.infer<typeof intervalSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type KernelCounts = z.infer<typeof kernelCountsSchema>;
export type HostActivity = z.infer<typeof hostActivitySchema>;
export type Measurement = z.infer<typeof measurementSchema>;
