import type { RunDocument } from '../../results/document/run-document.ts';
import { UsageError } from '../errors.ts';
import type { Core } from '../probes/cpus.ts';

/** The CPUs of servers and load generator; an empty list means any. */
export type CpuLayout = RunDocument['plan']['cpuLayout'];

/** In shared mode, the load generator may take CPU time from the server: at most one of this many CPUs. */
const cpusPerGenerator = 4;

/** The most processes over which a load generator may spread a load: their CPU time must not be missing from the server. */
export function mostGeneratorProcesses({ mode, clientCpus }: CpuLayout, cpus: number): number {
  if (mode === 'isolated') return clientCpus.length;
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
 * @param forced CPUs named by the user, for the server or the client
 * @throws UsageError for a CPU that this process may not use
 */
export function layOutCpus(
  allowed: readonly number[],
  cores: readonly Core[],
  forced: { readonly server?: readonly number[]; readonly client?: readonly number[] } = {},
): CpuLayout {
  const choice =
    forced.server || forced.client || allowed.length < enoughForIsolation
      ? forced
      : split(allowed, cores);
  const { server = [], client = [] } = choice;
  const unavailable = [...server, ...client].find((cpu) => !allowed.includes(cpu));
  if (unavailable !== undefined) {
    throw new UsageError(
      `CPU ${unavailable} cannot be used here. Available: ${allowed.join(', ') || 'unknown'}.`,
    );
  }
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

/** The last core for the client, or only its last CPU if the whole core would leave the server too little. */
function split(allowed: readonly number[], cores: readonly Core[]) {
  const last = allowed.slice(-1);
  const whole = cores.find((core) => meets(core, last))?.filter((cpu) => allowed.includes(cpu));
  const client = whole && allowed.length - whole.length >= fewestForServer ? whole : last;
  return { server: allowed.filter((cpu) => !client.includes(cpu)), client };
}

const meets = (cpus: readonly number[], others: readonly number[]): boolean =>
  cpus.some((cpu) => others.includes(cpu));
