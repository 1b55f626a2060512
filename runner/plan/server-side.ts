import { isIP } from 'node:net';
import { isLoopback } from '../../servers/launch/ports.ts';
import { UsageError } from '../errors.ts';
import type { Elsewhere, ServerSide } from '../machine/server-machine.ts';
import { allowedCpus, parseCpuList, readCores } from '../probes/cpus.ts';
import { type CpuLayout, layOutApart, layOutCpus } from './cpu-layout.ts';
import type { DatabasePlan } from './database.ts';

interface CpuFlags {
  readonly cpus?: string | undefined;
  readonly clientCpus?: string | undefined;
  readonly loadWorkers?: string | undefined;
}

/** @throws UsageError for CPUs that cannot be used */
export function chooseCpuLayout(flags: CpuFlags, { cpus, elsewhere }: ServerSide): CpuLayout {
  const forced = {
    ...(flags.cpus !== undefined && { server: parseCpuList('--cpus', flags.cpus) }),
    ...(flags.clientCpus !== undefined && {
      client: parseCpuList('--client-cpus', flags.clientCpus),
    }),
  };
  const here = allowedCpus();
  if (flags.loadWorkers !== undefined && forced.client) {
    throw new UsageError('--client-cpus is for load from this machine, not from --load-workers.');
  }
  if (elsewhere && !elsewhere.sharesCpus) return layOutApart(cpus.allowed, here, forced);
  // A container may have other CPUs of this machine than this process.
  const both = here.filter((cpu) => cpus.allowed.includes(cpu));
  // All CPUs are the servers' where the load comes from other machines.
  const shared = flags.loadWorkers === undefined ? forced : { server: [], ...forced };
  return layOutCpus(both, readCores(both), shared);
}

const loopback = '127.0.0.1';

/**
 * The address on which servers listen, and to which the load is sent: the loopback's unless the user names another, since
 * whoever reaches a server may load it.
 *
 * @throws UsageError for an address that servers cannot listen on, or that the load cannot reach
 */
export function chooseServerAddress(flag: string | undefined, elsewhere: Elsewhere | null): string {
  if (elsewhere === null || elsewhere.sharesNetwork) {
    if (flag === undefined) return loopback;
    if (isIP(flag) && !isAny(flag)) return flag;
    throw new UsageError(
      `--server-address must be an IP address of the machine of the servers, not "${flag}".`,
    );
  }
  const { hostname: name, addresses } = elsewhere;
  const choice = `it has ${addresses.join(', ') || 'none but loopback addresses'}`;
  if (flag === undefined) {
    throw new UsageError(
      `--server-on needs --server-address: an address of ${name} on which servers may listen, and which this machine reaches; ${choice}. Whoever reaches that address can use the servers during the run.`,
      '--server-on',
    );
  }
  if (addresses.includes(flag)) return flag;
  const why = isIP(flag) && isLoopback(flag) ? ': this machine does not reach it' : '';
  throw new UsageError(
    `--server-address ${flag} is no address of ${name} that can be used${why}; ${choice}.`,
  );
}

/** Addresses that stand for all of a machine. */
const isAny = (address: string): boolean => /^[0:.]+$/.test(address);

interface FlagsForHere {
  readonly app?: string | undefined;
  readonly url: readonly string[];
}

/** @throws UsageError for what the servers of another machine cannot have */
export function refuseForElsewhere({ app, url }: FlagsForHere): void {
  if (app !== undefined) {
    throw new UsageError(
      '--app and --server-on exclude each other: the module is on this machine. Start your server there with --exec.',
    );
  }
  if (url.length > 0) {
    throw new UsageError('--url and --server-on exclude each other: a --url is started nowhere.');
  }
}

/** @throws UsageError for a database that servers elsewhere would not reach */
export function requireReachable(database: DatabasePlan | null, { elsewhere }: ServerSide): void {
  if (elsewhere === null || database === null || database.url !== null) return;
  throw new UsageError(
    `The database that bench starts is on this machine only, out of reach of ${elsewhere.hostname}: give --database with the URL of one that both reach.`,
    '--database',
  );
}
