import { z } from 'zod';
import { availableCpus } from '../servers/available-cpus.ts';
import { servers } from '../servers/index.ts';
import { workloads } from '../workloads/index.ts';
import { ParameterError, parseParameters } from '../workloads/parameters.ts';
import { fitToBudget, type Profile, profiles } from './budget.ts';
import { allowedCpus, type CpuLayout, layOutCpus, parseCpuList } from './cpu-layout.ts';
import { UsageError } from './errors.ts';
import { findByName } from './names.ts';
import type { Plan, ServerToRun, WorkloadToRun } from './plan.ts';
import { parseDurationSeconds, parseWholeNumber } from './quantities.ts';

/** What commander gives for `bench run`: strings as typed, not yet believed. */
export const runFlagsSchema = z.object({
  model: z.string().optional(),
  workload: z.string().optional(),
  connections: z.string().optional(),
  duration: z.string().optional(),
  blocks: z.string().optional(),
  workers: z.string().optional(),
  seed: z.string().optional(),
  out: z.string().optional(),
  cpus: z.string().optional(),
  clientCpus: z.string().optional(),
  quick: z.boolean().default(false),
  rigorous: z.boolean().default(false),
  open: z.boolean().default(false),
  json: z.boolean().default(false),
});

export type RunFlags = z.infer<typeof runFlagsSchema>;

const defaultWorkloads = 'io,cpu,mixed';
const defaultConnections = 64;
const largestSeed = 2 ** 32 - 1;

/**
 * Settles a plan from the flags of `bench run`.
 *
 * @throws UsageError for a name that is not known or a value that cannot be used
 */
export function planRun(flags: RunFlags): Plan {
  const cpuLayout = chooseCpuLayout(flags);
  const servers = chooseServers(flags, cpuLayout);
  const workloads = chooseWorkloads(flags.workload ?? defaultWorkloads);
  const profile = chooseProfile(flags);
  const timing = fitToBudget(profile, servers.length * workloads.length);
  const chosenBlocks = wholeNumber('--blocks', flags.blocks, 1, 1000);
  const chosenSeconds = flags.duration && parseDurationSeconds('--duration', flags.duration);
  return {
    ...timing,
    servers,
    workloads,
    connections: wholeNumber('--connections', flags.connections, 1, 65_535) ?? defaultConnections,
    blocks: chosenBlocks ?? timing.blocks,
    durationSeconds: chosenSeconds || timing.durationSeconds,
    budgetSeconds: chosenBlocks ? null : profile.budgetSeconds,
    predictions: profile.predictions,
    controls: profile.controls,
    smallestClaim: profile.smallestClaim,
    cpuLayout,
    seed: wholeNumber('--seed', flags.seed, 0, largestSeed) ?? randomSeed(),
  };
}

function chooseProfile({ quick, rigorous }: RunFlags): Profile {
  if (quick && rigorous) throw new UsageError('--quick and --rigorous exclude each other.');
  if (quick) return profiles.quick;
  return rigorous ? profiles.rigorous : profiles.standard;
}

function chooseCpuLayout({ cpus, clientCpus }: RunFlags): CpuLayout {
  return layOutCpus(allowedCpus(), {
    ...(cpus !== undefined && { server: parseCpuList('--cpus', cpus) }),
    ...(clientCpus !== undefined && { client: parseCpuList('--client-cpus', clientCpus) }),
  });
}

function chooseServers(flags: RunFlags, { serverCpus }: CpuLayout): ServerToRun[] {
  const names = flags.model === undefined ? modelNames() : splitList('--model', flags.model);
  const workers = wholeNumber('--workers', flags.workers, 1, 1024);
  const cpus = serverCpus.length || availableCpus();
  return names
    .map((name) => findByName('model', servers, name))
    .map((server) => ({ server, workers: workers ?? server.defaultWorkers(cpus) }));
}

function modelNames(): string[] {
  return servers.filter(({ kind }) => kind === 'model').map(({ name }) => name);
}

/** Workloads by name, with parameters as in a URL where wanted: `io,cpu?n=30`. */
function chooseWorkloads(list: string): WorkloadToRun[] {
  return splitList('--workload', list).map((item) => {
    const [name = '', query = ''] = item.split('?');
    const workload = findByName('workload', workloads, name);
    try {
      const parameters = parseParameters(workload.parameters, name, query);
      return { workload, parameters, classes: workload.requests(parameters) };
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      throw new UsageError(`--workload ${item} cannot be used: ${error.message}.`);
    }
  });
}

function splitList(flag: string, list: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new UsageError(`${flag} names "${repeated}" more than once.`);
  return names;
}

function wholeNumber(flag: string, text: string | undefined, minimum: number, maximum: number) {
  return text === undefined ? undefined : parseWholeNumber(flag, text, minimum, maximum);
}

function randomSeed(): number {
  return Math.floor(Math.random() * (largestSeed + 1));
}
