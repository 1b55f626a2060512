import { z } from 'zod';

/** A document of version 1, as far as its names differ from those of version 2. */
const firstVersionSchema = z.looseObject({
  plan: z.looseObject({
    servers: z.array(z.looseObject({ kind: z.string(), standsFor: z.string() })),
  }),
  demands: z.array(z.looseObject({ problem: z.unknown() })).default([]),
  canaries: z.array(z.looseObject({ spinMs: z.unknown() })),
  trials: z.array(
    z.looseObject({
      measurements: z.array(z.looseObject({ rate: z.unknown() })),
      sweep: z.array(z.looseObject({ rate: z.unknown() })).default([]),
    }),
  ),
});

/**
 * Gives a run document of version 1 the names of version 2. Of a damaged one, only the version changes: the schema of
 * version 2 then says what is wrong with it.
 */
export function upgradeFirstVersion(value: object): unknown {
  const parsed = firstVersionSchema.safeParse(value);
  if (!parsed.success) return { ...value, version: 2 };
  const { demands, canaries, trials, plan, ...rest } = parsed.data;
  return {
    ...rest,
    version: 2,
    plan: { ...plan, servers: plan.servers.map(renameServer) },
    calibratedRequests: demands.map(({ problem, ...request }) => ({ ...request, reason: problem })),
    noiseProbes: canaries.map(({ spinMs, ...probe }) => ({ ...probe, referenceLoopMs: spinMs })),
    trials: trials.map((trial) => ({
      ...trial,
      measurements: trial.measurements.map(renameRate),
      sweep: trial.sweep.map(renameRate),
    })),
  };
}

function renameServer({ kind, standsFor, ...server }: { kind: string; standsFor: string }) {
  if (kind === 'model') return { ...server, kind, models: standsFor };
  if (kind === 'reference') return { ...server, kind, modelledBy: standsFor };
  return { ...server, kind: kind === 'own' ? 'custom' : kind };
}

const rates: Readonly<Record<string, string>> = { common: 'shared', own: 'proportional' };

const renameRate = <Measurement extends { rate: unknown }>({ rate, ...rest }: Measurement) => ({
  ...rest,
  rate: typeof rate === 'string' ? (rates[rate] ?? rate) : rate,
});
