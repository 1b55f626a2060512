import { z } from 'zod';
import { fairnessSchema } from '../../results/document/run-document.ts';
import { connectionsPerWorker } from '../../results/gates/few-connections.ts';
import type { App } from '../../servers/app/app.ts';
import { UsageError } from '../errors.ts';
import { onThisMachine } from '../machine/local-machine.ts';
import type { ServerSide } from '../machine/server-machine.ts';
import { serverFlagsSchema } from '../machine/with-server-machine.ts';
import { checkAssertions, requireSomeAssertion, withAssertedWindows } from './assertions.ts';
import { fitToBudget, type Profile, profiles, type Timing } from './budget.ts';
import { planDatabase } from './database.ts';
import { planFairness } from './fairness.ts';
import {
  findByName,
  mostBlocks,
  mostConnections,
  mostPerSecond,
  parseDurationSeconds,
  parseWholeNumber,
} from './flag-values.ts';
import { type EarlierRun, withLikeWindows } from './like.ts';
import { loadWorkerFlagsSchema, planLoadWorkers } from './load-workers.ts';
import { withObjectives } from './objectives.ts';
import type { ConfiguredServer, Plan } from './plan.ts';
import type { Request } from './requests.ts';
import { selectServersAndWorkloads } from './selection.ts';
import { chooseCpuLayout, chooseServerAddress, requireReachable } from './server-side.ts';
import { openSeconds, type WorkloadWithWindows, windowsOf } from './windows.ts';
import { parseWorkerCounts } from './worker-counts.ts';

/** The flags of `bench run` as commander gives them: text as typed, not yet checked. */
export const runFlagsSchema = z.object({
  model: z.string().optional(),
  workload: z.string().optional(),
  app: z.string().optional(),
  exec: z.array(z.string()).default([]),
  url: z.array(z.string()).default([]),
  name: z.array(z.string()).default([]),
  path: z.array(z.string()).default([]),
  /** Parsed with the configuration, as the headers of all requests are. */
  requests: z.custom<readonly Request[]>().default([]),
  headers: z.custom<Readonly<Record<string, string>>>().default({}),
  allowRemote: z.boolean().default(false),
  insecure: z.boolean().default(false),
  references: z.boolean().default(false),
  connections: z.string().optional(),
  duration: z.string().optional(),
  rate: z.string().optional(),
  like: z.string().optional(),
  objective: z.array(z.string()).default([]),
  assert: z.array(z.string()).default([]),
  strict: z.boolean().default(false),
  blocks: z.string().optional(),
  workers: z.string().optional(),
  netpollers: z.string().optional(),
  queueLimit: z.string().optional(),
  fairness: z.string().default('work'),
  seed: z.string().optional(),
  out: z.string().optional(),
  database: z.string().optional(),
  cpus: z.string().optional(),
  clientCpus: z.string().optional(),
  ...serverFlagsSchema.shape,
  ...loadWorkerFlagsSchema.shape,
  dryRun: z.boolean().default(false),
  quick: z.boolean().default(false),
  rigorous: z.boolean().default(false),
  open: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

export type RunFlags = z.infer<typeof runFlagsSchema>;

const fairnessModes = fairnessSchema.options.map((name) => ({ name }));
const fewestConnections = 64;
const patientShare = 0.4;
const largestSeed = 2 ** 32 - 1;
/** The arrivals of a window are computed beforehand, and held in memory. */
const mostArrivals = 5_000_000;

/**
 * Makes a plan from the flags of `bench run`.
 *
 * @param profile how the run spends its time, if not by its flags
 * @param app the module of `--app`, inspected
 * @param like the run whose rates, seed, windows, connections and blocks it takes, where no flag says otherwise
 * @param side where the servers are
 * @throws UsageError for an unknown name or a value that cannot be used
 */
export function planRun(
  flags: RunFlags,
  profile: Profile = chooseProfile(flags),
  app: App | null = null,
  like: EarlierRun | null = null,
  side: ServerSide = onThisMachine(),
): Plan {
  const cpuLayout = chooseCpuLayout(flags, side);
  const serverCpus = cpuLayout.serverCpus.length || side.cpus.available;
  const workerCounts = flags.workers === undefined ? [] : parseWorkerCounts(flags.workers);
  const selection = selectServersAndWorkloads(flags, workerCounts, serverCpus, app);
  const fairness = findByName('fairness mode', fairnessModes, flags.fairness).name;
  const fair = planFairness(fairness, profile, selection);
  const { calibrationSeconds } = fair;
  const { servers } = selection;
  const ofUser = withObjectives(fair.workloads, flags.objective);
  const assertions = checkAssertions(flags.assert, { servers, workloads: ofUser });
  if (flags.strict) requireSomeAssertion(assertions);
  const asserted = withAssertedWindows(ofUser, assertions, servers);
  const workloads = like ? withLikeWindows(asserted, like, flags.duration === undefined) : asserted;
  // With several numbers of workers, each is measured in every block, whatever is decided between two of them.
  const sweepBlocks = workerCounts.length > 1 ? profile.first.blocks : undefined;
  const chosenBlocks =
    wholeNumber('--blocks', flags.blocks, 1, mostBlocks) ?? like?.blocks ?? sweepBlocks;
  const timing = fitToBudget(fair.profile, workloads, calibrationSeconds, chosenBlocks);
  const durationSeconds =
    flags.duration === undefined
      ? (like?.durationSeconds ?? timing.durationSeconds)
      : parseDurationSeconds('--duration', flags.duration);
  const rate = wholeNumber('--rate', flags.rate, 1, mostPerSecond);
  const ratesPerSecond =
    rate === undefined
      ? (like?.ratesPerSecond ?? new Map<string, number>())
      : new Map(workloads.map(({ name }) => [name, rate]));
  for (const workload of workloads) {
    requireFewArrivals(workload, ratesPerSecond.get(workload.name) ?? 0, {
      ...timing,
      durationSeconds,
    });
  }
  const database = planDatabase(
    servers,
    workloads.some(({ definition }) => definition?.database !== undefined),
    flags.database,
  );
  requireReachable(database, side);
  return {
    ...timing,
    warmupSeconds: like?.warmupSeconds ?? timing.warmupSeconds,
    servers,
    workloads,
    fairness,
    connections:
      wholeNumber('--connections', flags.connections, 1, mostConnections) ??
      like?.connections ??
      defaultConnections(servers),
    durationSeconds,
    sweep: fair.profile.sweep,
    ratesPerSecond,
    predictions: profile.predictions,
    controls: profile.controls,
    smallestClaim: profile.smallestClaim,
    patientShare,
    assertions,
    cpuLayout,
    insecure: flags.insecure,
    serverAddress: chooseServerAddress(flags.serverAddress, side.elsewhere),
    loadWorkers: planLoadWorkers(flags),
    database,
    seed: wholeNumber('--seed', flags.seed, 0, largestSeed) ?? like?.seed ?? randomSeed(),
  };
}

/** @throws UsageError for open loops with more arrivals than fit into memory */
function requireFewArrivals(
  workload: WorkloadWithWindows,
  perSecond: number,
  timing: Timing,
): void {
  const open = windowsOf(workload, timing, 0).filter(({ window }) => window !== 'closed');
  const seconds = Math.max(0, ...open.map((window) => openSeconds(perSecond, window.seconds)));
  if (perSecond * seconds <= mostArrivals) return;
  throw new UsageError(
    `${perSecond} requests/s over ${seconds} s are more than ${mostArrivals} requests per window: lower --rate or --duration.`,
  );
}

/** Enough to keep every worker of every server busy. */
function defaultConnections(servers: readonly ConfiguredServer[]): number {
  return Math.max(
    fewestConnections,
    ...servers.map(({ workers }) => connectionsPerWorker * workers),
  );
}

function chooseProfile({ quick, rigorous }: RunFlags): Profile {
  if (quick && rigorous) throw new UsageError('--quick and --rigorous exclude each other.');
  if (quick) return profiles.quick;
  return rigorous ? profiles.rigorous : profiles.standard;
}

function wholeNumber(flag: string, text: string | undefined, minimum: number, maximum: number) {
  return text === undefined ? undefined : parseWholeNumber(flag, text, minimum, maximum);
}

function randomSeed(): number {
  return Math.floor(Math.random() * (largestSeed + 1));
}
