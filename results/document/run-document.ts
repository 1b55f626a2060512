import { z } from 'zod';
import { count, measurementSchema, quantileMs, seconds, warningSchema } from './measurement.ts';

export * from './measurement.ts';

/** Raised by one whenever a document of the old shape would be misread; see docs/decisions. */
export const runDocumentVersion = 2;

const trialBase = z.object({
  block: count,
  position: count,
  /** A control repeats a server within its block: what differs between the two is noise, the A/A floor. */
  purpose: z.enum(['comparison', 'control']),
  server: z.string(),
  workload: z.string(),
  startedAt: z.iso.datetime(),
  wallSeconds: seconds,
  /** Closed loops at fewer connections than the plan's, where a model is held against its original. */
  sweep: z.array(measurementSchema).default([]),
});

/**
 * One launch of a server under one workload. A trial that failed says why and keeps what was measured before. A writer
 * validates each new trial alone; the document as a whole is validated when it is read.
 */
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
  kind: z.enum(['model', 'reference', 'custom']),
  summary: z.string(),
  /** For a model, the real systems that are built like it, in words. */
  models: z.string().optional(),
  /** For a reference, the name of the model that is built like it. */
  modelledBy: z.string().optional(),
  version: z.string(),
  /** Null for a custom server: how many it runs is up to its command. */
  workers: z.int().positive().nullable(),
  /** What the user set of the options that only this server has; absent in documents of earlier versions. */
  options: z.record(z.string(), z.number()).optional(),
  /** Whether connections outlive an answer. */
  keepAlive: z.boolean(),
  /** True for one that ran already and was only asked: all its trials are of one launch. */
  attached: z.literal(true).optional(),
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

/** What each further connection with a request in flight adds to a server's memory (PSS). */
const connectionMemorySchema = z.object({
  /** Between so few connections and so many. */
  fewConnections: count,
  manyConnections: count,
  bytesEach: z.number(),
  /** How far memory went up and down while the number of connections stayed the same, by connection likewise. */
  noiseBytesEach: z.number().nonnegative(),
});

/**
 * What the first block learnt of a server under a workload, for the blocks after it and for predictions: its
 * capacity, from which the rate common to all open loops follows, and what one request of each class costs when it is alone.
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
  /** Null where memory cannot be read, or the server is too slow for many connections. */
  connectionMemory: connectionMemorySchema.nullable().default(null),
});

/**
 * What a server was asked instead of the plan's parameters, for a request to cost it what one costs the server that
 * sets the target. CPU times are of a request alone; null where they are not known.
 */
const calibratedRequestSchema = z.object({
  server: z.string(),
  workload: z.string(),
  /** The request class whose cost it is. */
  class: z.string(),
  parameters: z.record(z.string(), z.number()),
  path: z.string(),
  /** Of the server that sets the target, measured alternately with this one. */
  targetCpuSeconds: seconds.nullable(),
  cpuSeconds: seconds.nullable(),
  /** A clause: why the cost is not the target, as far as that is known. */
  reason: z.string().nullable(),
});

/** How fast and how quiet the machine was at the start of a block, with nothing of ours running. */
const noiseProbeSchema = z.object({
  block: count,
  /** Median wall time of a fixed computation. */
  referenceLoopMs: z.number().positive(),
  /** Share of the time in which some task waited for a CPU (pressure stall information). */
  cpuPressureShare: z.number().min(0).max(1).nullable(),
  stealShare: z.number().min(0).max(1).nullable(),
});

/**
 * Where the time of one traced request went, in ms; `sentMs` and `answeredMs` count from when the first of its run was
 * sent. What queue, wait and compute leave over was spent on the way, or in a queue that the server cannot see.
 */
const tracedRequestSchema = z.object({
  class: z.string(),
  sentMs: z.number().nonnegative(),
  answeredMs: z.number().nonnegative(),
  queueMs: z.number().nonnegative(),
  waitMs: z.number().nonnegative(),
  computeMs: z.number().nonnegative(),
  /** Which process or thread served it. */
  worker: z.string(),
  /** Requests inside handlers of that worker's process when this one entered, itself included. */
  inFlight: z.int().positive(),
});

/** The same few requests, sent to one server in the same order at the same times, and traced one by one. */
const tracedRunSchema = z.object({
  server: z.string(),
  workload: z.string(),
  requests: z.array(tracedRequestSchema).min(1),
});

/** The machine and the software that the numbers hold for. */
const environmentSchema = z.object({
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
  /** Whether the load generator ran before the servers on cores that they shared; null where that was not recorded. */
  realTimeGenerator: z.boolean().nullable().default(null),
});

/** What every server is asked alike: the same parameters (`work`), or the same CPU time a request (`demand`). */
export const fairnessSchema = z.enum(['work', 'demand']);

/** Everything that one run planned and measured: what reports are made from, and nothing else. */
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
    /** Differences below this fraction are never claimed: short runs cannot tell them. */
    smallestClaim: z.number().nonnegative(),
    cpuLayout: z.object({
      mode: z.enum(['isolated', 'shared']),
      serverCpus: z.array(count),
      clientCpus: z.array(count),
      /** True where they have CPUs of their own, and yet hyper-threads of one physical core. */
      sharesCore: z.literal(true).optional(),
    }),
  }),
  /** None where every server was asked the same. */
  calibratedRequests: z.array(calibratedRequestSchema).default([]),
  pilots: z.array(pilotSchema),
  noiseProbes: z.array(noiseProbeSchema),
  trials: z.array(trialSchema),
  /** None where no requests were traced. */
  traces: z.array(tracedRunSchema),
});

export type ConnectionMemory = z.infer<typeof connectionMemorySchema>;
export type Pilot = z.infer<typeof pilotSchema>;
export type CalibratedRequest = z.infer<typeof calibratedRequestSchema>;
export type NoiseProbe = z.infer<typeof noiseProbeSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type TracedRequest = z.infer<typeof tracedRequestSchema>;
export type TracedRun = z.infer<typeof tracedRunSchema>;
export type PlannedServer = z.infer<typeof serverSchema>;
export type PlannedWorkload = z.infer<typeof workloadSchema>;
export type Fairness = z.infer<typeof fairnessSchema>;
export type Environment = z.infer<typeof environmentSchema>;
export type RunDocument = z.infer<typeof runDocumentSchema>;
