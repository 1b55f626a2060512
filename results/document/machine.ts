import { z } from 'zod';
import { count, windowSchema } from './measurement.ts';

/** The machine and the software on which the numbers were measured. */
export const environmentSchema = z.object({
  cpuModel: z.string(),
  /** Cores that this process may use, after affinity and container quotas. */
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
  /** Whether the load generator had priority over the servers on shared cores; null where that was not recorded. */
  realTimeGenerator: z.boolean().nullable().default(null),
});

/** The CPUs of servers and load generator; an empty list means any. */
export const cpuLayoutSchema = z.object({
  mode: z.enum(['isolated', 'shared']),
  serverCpus: z.array(count),
  clientCpus: z.array(count),
  /** True where server and load generator have different CPUs that are hyper-threads of one physical core. */
  sharesCore: z.literal(true).optional(),
});

/** The database that the servers use: one that the run started, or one of the user's own. */
export const databaseSchema = z.object({
  version: z.string(),
  isOwn: z.boolean(),
  /** The most connections of a server, unless each of its workers has one. */
  connectionsEach: z.int().positive(),
});

/** Where the servers of a run were, if not beside the runner; `environment` is then that machine's. */
export const serverOnSchema = z.object({
  /** The program that led there, such as `ssh`. */
  via: z.string(),
  hostname: z.string(),
  /** The address to which the load was sent. */
  address: z.string(),
  /** The time of a connection to that address before any load: a part of every response time. */
  roundTripMs: z.number().nonnegative(),
  /** Whether servers and runner used the CPUs of one machine all the same, as in a container. */
  sharesCpus: z.boolean(),
  /** The machine of the runner. */
  runner: environmentSchema
    .pick({ cpuModel: true, cpusAvailable: true, operatingSystem: true, kernel: true })
    .extend({ hostname: z.string() }),
});

/** How fast and how quiet the machine was at the start of a block, while nothing of this program ran. */
export const noiseProbeSchema = z.object({
  block: count,
  /** Median wall time of a fixed computation. */
  referenceLoopMs: z.number().positive(),
  /** The share of time in which some task waited for a CPU (pressure stall information). */
  cpuPressureShare: z.number().min(0).max(1).nullable(),
  stealShare: z.number().min(0).max(1).nullable(),
});

/**
 * Windows in which other programs had the CPU, one entry for each turn: the windows of the same kind that the servers of
 * a block had one after the other. Decided by the host's figures alone, never by the result.
 */
export const disturbanceSchema = z.object({
  block: count,
  workload: z.string(),
  /** `curve`: a load of the load curve. */
  window: z.enum([...windowSchema.options, 'curve']),
  /** The load in requests/s; only a turn of the load curve has one. */
  offeredPerSecond: z.number().positive().optional(),
  /** A clause: what the host's figures showed. */
  reason: z.string(),
  /** Whether all servers were measured again; if not, the numbers are those of the disturbed windows. */
  repeated: z.boolean(),
});

export type Environment = z.infer<typeof environmentSchema>;
export type ServerOn = z.infer<typeof serverOnSchema>;
export type NoiseProbe = z.infer<typeof noiseProbeSchema>;
export type Disturbance = z.infer<typeof disturbanceSchema>;
