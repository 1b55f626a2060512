import type { App } from '../../servers/app/app.ts';
import { servers } from '../../servers/index.ts';
import { pool } from '../../servers/pool/server.ts';
import type { Server } from '../../servers/server.ts';
import { workloads } from '../../workloads/index.ts';
import { ParameterError, parseParameters } from '../../workloads/parameters.ts';
import { UsageError } from '../errors.ts';
import { masked } from '../secrets.ts';
import { appPaths, defaultHosts, hostOnEach } from './app-servers.ts';
import { type CustomServerFlags, readCustomServers } from './custom-servers.ts';
import { findByName } from './flag-values.ts';
import { usualObjective } from './objectives.ts';
import type { ConfiguredServer, ConfiguredWorkload } from './plan.ts';
import { type PoolFlags, resolvePoolOptions } from './pool-options.ts';
import { pathWorkload, requestWorkload } from './request-workload.ts';
import { withWorkerCounts } from './worker-counts.ts';

export interface SelectionFlags extends CustomServerFlags, PoolFlags {
  readonly model?: string | undefined;
  readonly workload?: string | undefined;
  readonly references: boolean;
}

export interface Selection {
  readonly servers: readonly ConfiguredServer[];
  readonly workloads: readonly ConfiguredWorkload[];
}

const defaultModels = 'event-loop,prefork,pool';
const defaultWorkloads = 'io,cpu,mixed';

/**
 * Chooses servers and workloads. Models, references, and custom servers that keep the wire contract get the workloads;
 * the other custom servers get the user's requests, or their own path; so do models that host a module of the user's own.
 *
 * @param workerCounts the numbers of workers that the user wants each server to be measured with; usual ones if empty
 * @param cpus how many CPUs the servers may use
 * @throws UsageError for an unknown name or a value that cannot be used
 */
export function selectServersAndWorkloads(
  flags: SelectionFlags,
  workerCounts: readonly number[],
  cpus: number,
  app: App | null,
): Selection {
  const known = chooseServers(flags);
  const names = known.map(({ name }) => name);
  const settings = resolvePoolOptions(flags, names);
  const [chosenWorkers] = workerCounts;
  const configured = known
    .map((server) => ({
      ...server,
      workers: chosenWorkers ?? server.defaultWorkers(cpus),
      ...(server === pool && { settings }),
    }))
    .flatMap((server) => withWorkerCounts(server, workerCounts));
  const custom = readCustomServers(flags, chosenWorkers ?? cpus).flatMap((server) =>
    withWorkerCounts(server, workerCounts),
  );
  if (app && custom.length > 0 && flags.path.length + flags.requests.length === 0) {
    throw new UsageError(
      '--app beside --exec or --url needs --path: the path to request from each.',
    );
  }
  const hosts = app ? hostOnEach(configured, app, flags) : configured;
  refuseRepeatedNames([...hosts, ...custom]);
  const contractual = [
    ...(app ? [] : configured),
    ...custom.filter(({ readyPath }) => readyPath === undefined),
  ];
  const selection = {
    servers: [...hosts, ...custom],
    workloads: [
      ...(contractual.length > 0
        ? chooseWorkloads(flags.workload ?? defaultWorkloads, contractual)
        : []),
      ...customWorkloads(flags, app ? hosts : [], custom),
    ],
  };
  refuseSecretsInNames(selection);
  return selection;
}

/** The user's own names are masked by now. In another name, a variable instead of a value would tell the value. */
function refuseSecretsInNames({ servers: chosen, workloads: all }: Selection): void {
  const named = [...chosen, ...all, ...all.flatMap(({ classes }) => classes)];
  const changed = named.map(({ name }) => name).find((name) => masked(name) !== name);
  if (changed === undefined) return;
  const [variable] = /\$\{\w+\}/.exec(masked(changed)) ?? [];
  throw new UsageError(
    `the value of ${variable} is in the name of a server or a workload, so that no report could hide it: use another value.`,
  );
}

/** Names are unique also where they have a number of workers. */
function refuseRepeatedNames(chosen: readonly Server[]): void {
  const names = chosen.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new UsageError(
      `Two servers have the name "${repeated}": rename one with --name.`,
      '--name',
    );
  }
}

/** The requests for the user's own code: those that the user gave, or the paths of each. */
function customWorkloads(
  flags: SelectionFlags,
  hosts: readonly Server[],
  custom: readonly Server[],
): ConfiguredWorkload[] {
  const { requests, headers } = flags;
  const namesOf = (owners: readonly Server[]) => owners.map(({ name }) => name);
  if (requests.length > 0)
    return [requestWorkload(requests, headers, namesOf([...hosts, ...custom]))];
  const byPath = Map.groupBy<string | null | undefined, Server>(
    custom,
    ({ readyPath }) => readyPath,
  );
  for (const path of hosts.length > 0 ? appPaths(flags) : []) {
    byPath.set(path, [...hosts, ...(byPath.get(path) ?? [])]);
  }
  return [...byPath].flatMap(([path, owners]) =>
    typeof path === 'string' ? pathWorkload(path, headers, namesOf(owners)) : [],
  );
}

/** The named models, or the default ones if the user names no server at all; each followed by its references if wanted. */
function chooseServers({ model, exec, url, app, references }: SelectionFlags): Server[] {
  const hasCustom = exec.length + url.length > 0;
  const defaults = hasCustom ? undefined : defaultModels;
  const list = model ?? (app === undefined ? defaults : defaultHosts);
  const names = list === undefined ? [] : splitList('--model', list);
  const chosen = names.map((name) => findByName('model', servers, name));
  if (!references) return chosen;
  const withReferences = chosen.flatMap((server) => [
    server,
    ...servers.filter(({ modelledBy }) => modelledBy === server.name),
  ]);
  return [...new Set(withReferences)];
}

/** Workloads by name, with parameters as in a URL if wanted: `io,cpu?n=30`. */
function chooseWorkloads(list: string, chosen: readonly Server[]): ConfiguredWorkload[] {
  return splitList('--workload', list).map((item) => {
    const [name = item, query = ''] = splitOnce(item, '?');
    const definition = findByName('workload', workloads, name);
    try {
      const parameters = parseParameters(definition.parameters, name, query);
      return {
        name,
        summary: definition.summary,
        definition,
        servers: chosen.map((server) => server.name),
        sweptServers: [],
        parameters,
        classes: definition.requests(parameters),
        objectives: [definition.objective?.(parameters) ?? usualObjective],
        ...(definition.connections && { connections: definition.connections(parameters) }),
      };
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
  if (items.includes('')) throw new UsageError(`${flag} has an empty name in "${list}".`);
  const names = items.map((item) => splitOnce(item, '?')[0]);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new UsageError(`${flag} has "${repeated}" more than once.`);
  return items;
}
