import { z } from 'zod';
import {
  cpuLayoutSchema,
  databaseSchema,
  disturbanceSchema,
  environmentSchema,
  noiseProbeSchema,
  serverOnSchema,
} from './machine.ts';
import { count, measurementSchema, quantileMs, seconds, warningSchema } from './measurement.ts';

export type { Disturbance, Environment, NoiseProbe, ServerOn } from './machine.ts';
export * from './measurement.ts';

/** Raised by one when a document of the old shape would be misread; see docs/decisions. */
export const runDocumentVersion = 2;

const trialBase = z.object({
  block: count,
  position: count,
  /** A control repeats a trial within its block: the difference between the two is noise, the A/A floor. */
  purpose: z.enum(['comparison', 'control']),
  server: z.string(),
  workload: z.string(),
  startedAt: z.iso.datetime(),
  wallSeconds: seconds,
  /** Closed loops with fewer connections than planned, where a model is compared with its reference. */
  sweep: z.array(measurementSchema).default([]),
  /** Open loops at some rates of the load curve, which is spread over the blocks. */
  curve: z.array(measurementSchema).default([]),
});

/** One launch of a server under one workload. A trial that failed says why and keeps what was measured before. */
const trialSchema = z.discriminatedUnion('status', [
  trialBase.extend({
    status: z.literal('ok'),
    /** Empty where only the load curve was measured, since all comparisons of the server were decided. */
    measurements: z.array(measurementSchema),
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
  kind: z.enum(['model', 'reference', 'custom']),
  summary: z.string(),
  /** For a model, the systems that it models, in words. */
  models: z.string().optional(),
  /** For a reference, the name of its model. */
  modelledBy: z.string().optional(),
  version: z.string(),
  /** Null for a custom server whose command does not say how many. */
  workers: z.int().positive().nullable(),
  /** Where a server is measured with several numbers of workers: its name without the number. */
  variantOf: z.string().optional(),
  /** What one worker is: 'process', 'thread' …; absent in documents of earlier versions. */
  workerUnit: z.string().optional(),
  /** Whether a worker serves one request at a time, waits included; absent in documents of earlier versions. */
  oneAtATime: z.boolean().optional(),
  /** Options that only this server has, as set by the user; absent in documents of earlier versions. */
  options: z.record(z.string(), z.number()).optional(),
  /** Whether connections stay open after an answer. */
  keepAlive: z.boolean(),
  /** True for a server that was already running: it was not restarted between trials. */
  attached: z.literal(true).optional(),
});

/** The response time that a percentile of the requests must keep; `class` is null for all requests of a workload. */
const objectiveSchema = z.object({
  class: z.string().nullable(),
  percentile: z.enum(['p50', 'p90', 'p95', 'p99', 'p999']),
  belowMs: z.number().positive(),
});

const workloadSchema = z.object({
  name: z.string(),
  summary: z.string(),
  parameters: z.record(z.string(), z.number()),
  /** True for a path of the user's own code, about whose work nothing can be predicted. */
  isUnknown: z.literal(true).optional(),
  /** The names of the servers that it runs on. */
  servers: z.array(z.string()),
  classes: z.array(
    z.object({
      name: z.string(),
      weight: z.number().positive(),
      path: z.string(),
      /** Absent where it is GET, or POST with a body; where there are no headers; and where any 2xx is expected. */
      method: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
      expectedStatus: z.int().optional(),
      waitMs: z.number().nonnegative(),
      /** True where an event loop in Node.js computes it in libuv's threads, so that it is not blocked. */
      computesInBackground: z.literal(true).optional(),
    }),
  ),
  /** The connections of its closed loop; absent where they are those of the plan. */
  connections: z.int().positive().optional(),
  /** Empty in documents of earlier versions. */
  objectives: z.array(objectiveSchema).default([]),
});

/** What a server uses while it is idle; null where the platform does not report it. */
const idleSchema = z.object({
  coresBusy: z.number().nonnegative().nullable(),
  memoryBytes: count.nullable(),
});

/** What each further connection with a request in flight adds to a server's memory. */
const connectionMemorySchema = z.object({
  /** The two numbers of connections at which memory was read. */
  fewConnections: count,
  manyConnections: count,
  bytesEach: z.number(),
  /** How much memory varied at a constant number of connections, per connection added. */
  noiseBytesEach: z.number().nonnegative(),
});

/**
 * What the first block measured for later blocks and for predictions: the server's capacity, from which the shared rate
 * of the open loops follows, and the cost of a single request of each class.
 */
const pilotSchema = z.object({
  server: z.string(),
  workload: z.string(),
  capacityPerSecond: z.number().nonnegative(),
  singleRequests: z.array(
    z.object({
      class: z.string(),
      cpuSeconds: seconds.nullable(),
      responseMs: quantileMs,
      /** Null in documents of earlier versions. */
      fastestMs: quantileMs.default(null),
    }),
  ),
  /** Null where memory cannot be read or the server is too slow for many connections. */
  connectionMemory: connectionMemorySchema.nullable().default(null),
  /** Null in documents of earlier versions. */
  idle: idleSchema.nullable().default(null),
});

/**
 * The request that a server gets instead of the planned one, so that it costs the same CPU time on every server. CPU
 * times are of a single request at a time; null where unknown.
 */
const calibratedRequestSchema = z.object({
  server: z.string(),
  workload: z.string(),
  /** The request class that is calibrated. */
  class: z.string(),
  parameters: z.record(z.string(), z.number()),
  path: z.string(),
  /** On the server that sets the target, measured alternately with this server. */
  targetCpuSeconds: seconds.nullable(),
  cpuSeconds: seconds.nullable(),
  /** A clause: why the cost differs from the target; null where it does not. */
  reason: z.string().nullable(),
});

/**
 * Where the time of one traced request went, in ms; `sentMs` and `answeredMs` count from the first request of the run.
 * The time that is not in queue, wait and compute was spent in transit, or in a queue that the server cannot see.
 */
const tracedRequestSchema = z.object({
  class: z.string(),
  sentMs: z.number().nonnegative(),
  answeredMs: z.number().nonnegative(),
  queueMs: z.number().nonnegative(),
  waitMs: z.number().nonnegative(),
  computeMs: z.number().nonnegative(),
  /** The process or thread that served it. */
  worker: z.string(),
  /** Requests in handlers of the worker's process when this one entered, itself included. */
  inFlight: z.int().positive(),
});

/** A few requests, the same for every server in the same order at the same times, each traced. */
const tracedRunSchema = z.object({
  server: z.string(),
  workload: z.string(),
  requests: z.array(tracedRequestSchema).min(1),
});

/** What is equal for every server: the parameters (`work`), or the CPU time per request (`demand`). */
export const fairnessSchema = z.enum(['work', 'demand']);

/**
 * Everything that one run planned and measured: what reports are made from, and nothing else. A run validates each
 * addition alone; the document as a whole is validated when it is read.
 */
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
    fairness: fairnessSchema.default('work'),
    connections: z.int().positive(),
    durationSeconds: z.number().positive(),
    warmupSeconds: seconds,
    blocks: z.int().positive(),
    /** The database of the servers; null where no workload needs one. */
    database: databaseSchema.nullable().default(null),
    /** Differences below this share are never claimed: short runs cannot show them. */
    smallestClaim: z.number().nonnegative(),
    /** What the user asserts, as typed; see results/assertions. */
    assertions: z.array(z.string()).default([]),
    /** Absent for servers on the machine of the runner. */
    serverOn: serverOnSchema.optional(),
    cpuLayout: cpuLayoutSchema,
  }),
  /** Empty where every server gets the same request. */
  calibratedRequests: z.array(calibratedRequestSchema).default([]),
  pilots: z.array(pilotSchema),
  noiseProbes: z.array(noiseProbeSchema),
  /** Empty in documents of earlier versions. */
  disturbances: z.array(disturbanceSchema).default([]),
  trials: z.array(trialSchema),
  /** Empty where no requests were traced. */
  traces: z.array(tracedRunSchema),
});

export type ConnectionMemory = z.infer<typeof connectionMemorySchema>;
export type Pilot = z.infer<typeof pilotSchema>;
export type CalibratedRequest = z.infer<typeof calibratedRequestSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type TracedRequest = z.infer<typeof tracedRequestSchema>;
export type TracedRun = z.infer<typeof tracedRunSchema>;
export type Objective = z.infer<typeof objectiveSchema>;
export type PlannedServer = z.infer<typeof serverSchema>;
export type PlannedWorkload = z.infer<typeof workloadSchema>;
export type Fairness = z.infer<typeof fairnessSchema>;
export type RunDocument = z.infer<typeof runDocumentSchema>;
