import { z } from 'zod';
import { type Fairness, fairnessSchema } from '../../results/document/run-document.ts';
import { pairedAmong } from '../../results/fidelity/counterparts.ts';
import { servers } from '../../servers/index.ts';
import type { Server } from '../../servers/server.ts';
import { workloads } from '../../workloads/index.ts';
import { ParameterError, parseParameters } from '../../workloads/parameters.ts';
import { calibratableIn } from '../demand/calibratable.ts';
import { UsageError } from '../errors.ts';
import { allowedCpus, availableCpus, parseCpuList, readCores } from '../probes/cpus.ts';
import { type Cells, fitToBudget, type Profile, profiles } from './budget.ts';
import { type CpuLayout, layOutCpus } from './cpu-layout.ts';
import { type OwnServerToRun, readOwnServers, requestTo } from './custom-servers.ts';
import { findByName } from './names.ts';
import type { Plan, ServerToRun, WorkloadToRun } from './plan.ts';
import { parseDurationSeconds, parseWholeNumber } from './quantities.ts';
import { type GivenOptions, refuseUnknownOptions, settleOptions } from './server-options.ts';

/** What commander gives for `bench run`: strings as typed, not yet believed. */
export const runFlagsSchema = z.object({
  model: z.string().optional(),
  workload: z.string().optional(),
  exec: z.array(z.string()).default([]),
  url: z.array(z.string()).default([]),
  name: z.array(z.string()).default([]),
  path: z.string().optional(),
  allowRemote: z.boolean().default(false),
  references: z.boolean().default(false),
  connections: z.string().optional(),
  duration: z.string().optional(),
  rate: z.string().optional(),
  blocks: z.string().optional(),
  workers: z.string().optional(),
  fairness: z.string().default('work'),
  seed: z.string().optional(),
  out: z.string().optional(),
  cpus: z.string().optional(),
  clientCpus: z.string().optional(),
  quick: z.boolean().default(false),
  rigorous: z.boolean().default(false),
  open: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

export type RunFlags = z.infer<typeof runFlagsSchema>;

const fairnessModes = fairnessSchema.options.map((name) => ({ name }));
const defaultWorkloads = 'io,cpu,mixed';
const defaultConnections = 64;
const largestSeed = 2 ** 32 - 1;
/** A window's arrivals are laid out beforehand, in memory. */
const mostArrivals = 5_000_000;

/**
 * Settles a plan from the flags of `bench run`, and the options that it has for single servers.
 *
 * @throws UsageError for a name that is not known or a value that cannot be used
 */
export function planRun(flags: RunFlags, given: GivenOptions = {}): Plan {
  const cpuLayout = chooseCpuLayout(flags);
  const { servers, workloads } = chooseCells(flags, given, cpuLayout);
  const profile = chooseProfile(flags);
  const fairness = findByName('fairness mode', fairnessModes, flags.fairness).name;
  const chosenBlocks = wholeNumber('--blocks', flags.blocks, 1, 1000);
  const timing = fitToBudget(profile, cellsOf(workloads, fairness), chosenBlocks);
  const durationSeconds =
    flags.duration === undefined
      ? timing.durationSeconds
      : parseDurationSeconds('--duration', flags.duration);
  const ratePerSecond = wholeNumber('--rate', flags.rate, 1, 1_000_000) ?? null;
  if ((ratePerSecond ?? 0) * durationSeconds > mostArrivals) {
    throw new UsageError(
      `--rate ${ratePerSecond} over ${durationSeconds} s is more than ${mostArrivals} requests a window: lower one of the two.`,
    );
  }
  return {
    ...timing,
    servers,
    workloads,
    fairness,
    connections: wholeNumber('--connections', flags.connections, 1, 65_535) ?? defaultConnections,
    durationSeconds,
    budgetSeconds: chosenBlocks ? null : profile.budgetSeconds,
    ratePerSecond,
    predictions: profile.predictions,
    controls: profile.controls,
    smallestClaim: profile.smallestClaim,
    cpuLayout,
    seed: wholeNumber('--seed', flags.seed, 0, largestSeed) ?? randomSeed(),
  };
}

/** Models and originals are swept where they are asked for the same demand: else they differ by language, too. */
function cellsOf(workloads: readonly WorkloadToRun[], fairness: Fairness): Cells {
  const count = (counted: (servers: readonly Server[]) => number) =>
    workloads.reduce((sum, { servers }) => sum + counted(servers.map((one) => one.server)), 0);
  return {
    all: count((servers) => servers.length),
    calibrated: fairness === 'demand' ? calibrationsIn(workloads) : 0,
    swept: fairness === 'demand' ? count((servers) => pairedAmong(servers).length) : 0,
  };
}

/** Workloads that ask for the same request share a calibration. */
function calibrationsIn(workloads: readonly WorkloadToRun[]): number {
  const asked = calibratableIn({ workloads }).flatMap(({ toRun, asPlanned }) =>
    toRun.servers.map(({ server }) => `${server.name} ${asPlanned.path}`),
  );
  return new Set(asked).size;
}

function chooseProfile({ quick, rigorous }: RunFlags): Profile {
  if (quick && rigorous) throw new UsageError('--quick and --rigorous exclude each other.');
  if (quick) return profiles.quick;
  return rigorous ? profiles.rigorous : profiles.standard;
}

function chooseCpuLayout({ cpus, clientCpus }: RunFlags): CpuLayout {
  const allowed = allowedCpus();
  return layOutCpus(allowed, readCores(allowed), {
    ...(cpus !== undefined && { server: parseCpuList('--cpus', cpus) }),
    ...(clientCpus !== undefined && { client: parseCpuList('--client-cpus', clientCpus) }),
  });
}

/** Who is asked what: the models and those of the user's servers that keep the wire contract, the workloads; the rest, their own path. */
function chooseCells(flags: RunFlags, given: GivenOptions, { serverCpus }: CpuLayout) {
  const workers = wholeNumber('--workers', flags.workers, 1, 1024);
  const cpus = serverCpus.length || availableCpus();
  const hasOwn = flags.exec.length + flags.url.length > 0;
  const names =
    flags.model === undefined ? (hasOwn ? [] : modelNames()) : splitList('--model', flags.model);
  const chosen = names.map((name) => findByName('model', servers, name));
  const known = (flags.references ? withReferences(chosen) : chosen).map((server) => ({
    server,
    workers: workers ?? server.defaultWorkers(cpus),
    settings: settleOptions(server, given),
  }));
  const taken = known.map(({ server }) => server.name);
  const own = readOwnServers(flags, taken, workers ?? cpus);
  const all = [...known, ...own.map(({ toRun }) => toRun)];
  refuseUnknownOptions(
    all.map(({ server }) => server),
    given,
  );

  const bound = own.filter(({ path }) => path === undefined).map(({ toRun }) => toRun);
  const asked = [...known, ...bound];
  const paths = Map.groupBy(own, ({ path }) => path);
  paths.delete(undefined);
  return {
    servers: all,
    workloads: [
      ...(asked.length > 0 ? chooseWorkloads(flags.workload ?? defaultWorkloads, asked) : []),
      ...[...paths].map(([path = '/', owners]) => ownWorkload(path, owners)),
    ],
  };
}

/** Each model followed by the real systems that it stands for. */
function withReferences(chosen: readonly Server[]): Server[] {
  const originals = (model: Server) =>
    servers.filter(({ modelledBy }) => modelledBy === model.name);
  return [...new Set(chosen.flatMap((server) => [server, ...originals(server)]))];
}

function ownWorkload(path: string, owners: readonly OwnServerToRun[]): WorkloadToRun {
  return {
    workload: { name: path, summary: `GET ${path} of a server of one's own` },
    servers: owners.map(({ toRun }) => toRun),
    parameters: {},
    classes: [requestTo(path)],
  };
}

function modelNames(): string[] {
  return servers.filter(({ kind }) => kind === 'model').map(({ name }) => name);
}

/** Workloads by name, with parameters as in a URL where wanted: `io,cpu?n=30`. */
function chooseWorkloads(list: string, servers: readonly ServerToRun[]): WorkloadToRun[] {
  return splitList('--workload', list).map((item) => {
    const [name = item, query = ''] = splitOnce(item, '?');
    const workload = findByName('workload', workloads, name);
    try {
      const parameters = parseParameters(workload.parameters, name, query);
      return { workload, servers, parameters, classes: workload.requests(parameters) };
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      throw new UsageError(`--workload ${item} cannot be used: ${error.message}.`);
    }
  });
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function splitList(flag: string, list: string): string[] {
  const items = list.split(',').map((item) => item.trim());
  if (items.includes('')) throw new UsageError(`${flag} holds an empty name: "${list}".`);
  const names = items.map((item) => splitOnce(item, '?')[0]);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new UsageError(`${flag} names "${repeated}" more than once.`);
  return items;
}

function wholeNumber(flag: string, text: string | undefined, minimum: number, maximum: number) {
  return text === undefined ? undefined : parseWholeNumber(flag, text, minimum, maximum);
}

function randomSeed(): number {
  return Math.floor(Math.random() * (largestSeed + 1));
}
