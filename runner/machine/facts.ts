import { readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { z } from 'zod';
import { environmentSchema } from '../../results/document/machine.ts';
import { readEnvironment } from '../probes/environment.ts';
import { readProc } from '../probes/proc.ts';
import { readMachineCpus } from './local-machine.ts';

const cpuNumbers = z.array(z.int().nonnegative());

/** What bench says about the machine that it runs on. */
export const machineFactsSchema = z.object({
  environment: environmentSchema,
  hostname: z.string(),
  cpus: z.object({
    available: z.int().positive(),
    allowed: cpuNumbers,
    cores: z.array(cpuNumbers),
  }),
  /** One for each start of a kernel: containers and network namespaces of a machine have it in common. */
  bootId: z.string().nullable(),
  /** One for each network namespace of a kernel. */
  network: z.string().nullable(),
  /** Addresses that other machines may reach. */
  addresses: z.array(z.string()),
});

export type MachineFacts = z.infer<typeof machineFactsSchema>;

export async function readMachineFacts(): Promise<MachineFacts> {
  const { available, allowed, cores } = readMachineCpus();
  return {
    environment: await readEnvironment(),
    hostname: hostname(),
    cpus: { available, allowed: [...allowed], cores: cores.map((core) => [...core]) },
    bootId: readProc('sys/kernel/random/boot_id')?.trim() ?? null,
    network: networkNamespace(),
    addresses: ownAddresses(),
  };
}

function networkNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/net');
  } catch {
    return null;
  }
}

/** Without loopback addresses, and without those that need the name of an interface. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address);
}

type Place = Pick<MachineFacts, 'bootId' | 'network'>;

/** Whether two processes run under the same kernel, and in the same network. */
export function relationOf(one: Place, other: Place) {
  const sharesCpus = one.bootId !== null && one.bootId === other.bootId;
  return { sharesCpus, sharesNetwork: sharesCpus && one.network === other.network };
}
