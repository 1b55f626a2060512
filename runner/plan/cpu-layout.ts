import type { RunDocument } from '../../results/document/run-document.ts';
import { UsageError } from '../errors.ts';
import type { Core } from '../probes/cpus.ts';

/** The CPUs of servers and load generator; an empty list means any. */
export type CpuLayout = RunDocument['plan']['cpuLayout'];

/** CPUs named by the user, for the server or the client. */
interface ForcedCpus {
  readonly server?: readonly number[];
  readonly client?: readonly number[];
}

/** In shared mode, the load generator may take CPU time from the server: at most one of this many CPUs. */
const cpusPerGenerator = 4;

/** The most processes over which a load generator may spread a load: their CPU time must not be missing from the server. */
export function mostGeneratorProcesses({ mode, clientCpus }: CpuLayout, cpus: number): number {
  if (mode === 'isolated') return clientCpus.length || cpus;
  const cpusToUse = clientCpus.length > 0 ? Math.min(clientCpus.length, cpus) : cpus;
  return Math.max(1, Math.floor(cpusToUse / cpusPerGenerator));
}

/** With this many CPUs, one can be given to the client without starving the server. */
const enoughForIsolation = 4;
const fewestForServer = 3;

/**
 * Chooses where server and client run. Isolated, each has CPUs of its own, and the client cannot disturb the
 * server; shared, the server may use every CPU, as it would in production, beside a client with low CPU use.
 * If that leaves the server enough, the client gets a whole core: hyper-threads of one core slow each other down.
 *
 * @param allowed the numbers of the CPUs that this process may use
 * @param cores the physical cores of these CPUs
 * @throws UsageError for a CPU that this process may not use
 */
export function layOutCpus(
  allowed: readonly number[],
  cores: readonly Core[],
  forced: ForcedCpus = {},
): CpuLayout {
  const choice =
    forced.server || forced.client || allowed.length < enoughForIsolation
      ? forced
      : split(allowed, cores);
  const { server = [], client = [] } = choice;
  requireAllowed([...server, ...client], allowed, 'here');
  const apart = server.length > 0 && client.length > 0 && !meets(server, client);
  return {
    mode: apart ? 'isolated' : 'shared',
    serverCpus: [...server],
    clientCpus: [...client],
    ...(apart && cores.some((core) => meets(core, server) && meets(core, client))
      ? { sharesCore: true }
      : {}),
  };
}

/**
 * Servers on a machine of their own may use all of it, unless the user names CPUs; so may the client here.
 *
 * @param allowed the CPUs that servers may use there
 * @throws UsageError for a CPU that they may not use
 */
export function layOutApart(
  allowed: readonly number[],
  allowedHere: readonly number[],
  { server = [], client = [] }: ForcedCpus,
): CpuLayout {
  requireAllowed(server, allowed, 'on the machine of the servers');
  requireAllowed(client, allowedHere, 'here');
  return { mode: 'isolated', serverCpus: [...server], clientCpus: [...client] };
}

function requireAllowed(cpus: readonly number[], allowed: readonly number[], where: string): void {
  const unavailable = cpus.find((cpu) => !allowed.includes(cpu));
  if (unavailable === undefined) return;
  throw new UsageError(
    `CPU ${unavailable} cannot be used ${where}. Available: ${allowed.join(', ') || 'unknown'}.`,
  );
}

/** The last core for the client, or only its last CPU if the whole core would leave the server too little. */
function split(allowed: readonly number[], cores: readonly Core[]) {
  const last = allowed.slice(-1);
  const whole = cores.find((core) => meets(core, last))?.filter((cpu) => allowed.includes(cpu));
  const client = whole && allowed.length - whole.length >= fewestForServer ? whole : last;
  return { server: allowed.filter((cpu) => !client.includes(cpu)), client };
}

const meets = (cpus: readonly number[], others: readonly number[]): boolean =>
  cpus.some((cpu) => others.includes(cpu));
