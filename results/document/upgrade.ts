import { z } from 'zod';

const warnedSchema = z.looseObject({
  warnings: z.array(z.looseObject({ code: z.string() })),
});
const measurementSchema = warnedSchema.extend({ rate: z.unknown() });

/** The parts of a document of version 1 whose names differ in version 2. */
const firstVersionSchema = z.looseObject({
  plan: z.looseObject({
    servers: z.array(z.looseObject({ kind: z.string(), standsFor: z.string() })),
  }),
  demands: z.array(z.looseObject({ problem: z.unknown() })).default([]),
  canaries: z.array(z.looseObject({ spinMs: z.unknown() })),
  trials: z.array(
    warnedSchema.extend({
      measurements: z.array(measurementSchema),
      sweep: z.array(measurementSchema).default([]),
    }),
  ),
});

/**
 * A run document of version 1 with the names of version 2. If it is damaged, only the version changes, and the schema
 * of version 2 says what is wrong.
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
      ...renameCodes(trial),
      measurements: trial.measurements.map(renameMeasurement),
      sweep: trial.sweep.map(renameMeasurement),
    })),
  };
}

function renameServer({ kind, standsFor, ...server }: { kind: string; standsFor: string }) {
  if (kind === 'model') return { ...server, kind, models: standsFor };
  if (kind === 'reference') return { ...server, kind, modelledBy: standsFor };
  return { ...server, kind: kind === 'own' ? 'custom' : kind };
}

const rates: ReadonlyMap<unknown, string> = new Map([
  ['common', 'shared'],
  ['own', 'proportional'],
]);

const renameMeasurement = (measurement: z.infer<typeof measurementSchema>) => ({
  ...renameCodes(measurement),
  rate: rates.get(measurement.rate) ?? measurement.rate,
});

const codes: ReadonlyMap<string, string> = new Map([
  ['unstable', 'overloaded'],
  ['generator-heavy', 'generator-cpu-use'],
  ['nagle-plateau', 'delayed-ack'],
]);

const renameCodes = <Warned extends z.infer<typeof warnedSchema>>(warned: Warned): Warned => ({
  ...warned,
  warnings: warned.warnings.map((warning) => ({
    ...warning,
    code: codes.get(warning.code) ?? warning.code,
  })),
});
