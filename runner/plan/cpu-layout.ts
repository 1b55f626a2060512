import { readFileSync } from 'node:fs';
import type { RunDocument } from '../../results/run-document.ts';
import { UsageError } from '../errors.ts';

/** Who may use which CPUs; an empty list means any. */
export type CpuLayout = RunDocument['plan']['cpuLayout'];

/** From this many CPUs on, one can be given to the client without starving the server. */
const enoughForIsolation = 4;

/**
 * Chooses where server and client run. Isolated, each has CPUs of its own, and the client cannot disturb the
 * server; shared, the server may use every CPU, as it would in production, beside a client that must stay light.
 *
 * @param allowed the numbers of the CPUs that this process may use
 * @param forced CPUs named by the user, for the server or the client
 * @throws UsageError for a CPU that this process may not use
 */
export function layOutCpus(
  allowed: readonly number[],
  forced: { readonly server?: readonly number[]; readonly client?: readonly number[] } = {},
): CpuLayout {
  const [own] = allowed.toReversed();
  const choice =
    forced.server || forced.client || allowed.length < enoughForIsolation || own === undefined
      ? forced
      : { server: allowed.filter((cpu) => cpu !== own), client: [own] };
  const { server = [], client = [] } = choice;
  const foreign = [...server, ...client].find((cpu) => !allowed.includes(cpu));
  if (foreign !== undefined) {
    throw new UsageError(
      `There is no CPU ${foreign} to use here; there are: ${allowed.join(', ') || 'unknown'}.`,
    );
  }
  const apart =
    server.length > 0 && client.length > 0 && !server.some((cpu) => client.includes(cpu));
  return {
    mode: apart ? 'isolated' : 'shared',
    serverCpus: [...server],
    clientCpus: [...client],
  };
}

/**
 * CPU numbers from the kernel's list format: `0-2,5`.
 * @throws UsageError that names the flag
 */
export function parseCpuList(flag: string, text: string): number[] {
  const ranges = text.split(',').map((part) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim()));
  return ranges.flatMap((range) => {
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? first);
    if (!(first <= last)) {
      throw new UsageError(`${flag} must be a list of CPUs such as 0-2,5; "${text}" is not.`);
    }
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}

/** The numbers of the CPUs that this process may use; none where the platform does not tell (only Linux does). */
export function allowedCpus(): number[] {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
    return list === undefined ? [] : parseCpuList('Cpus_allowed_list', list);
  } catch {
    return [];
  }
}
