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
export type NoiseProbe = z.infer<typeof noiseProbeSchema>;
export type Disturbance = z.infer<typeof disturbanceSchema>;
