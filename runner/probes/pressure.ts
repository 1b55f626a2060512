import { readProc } from './read-proc.ts';

/** Since the machine started: how long some task that could run waited for a CPU. */
export interface CpuPressure {
  readonly someSeconds: number;
}

/** Reads /proc/pressure/cpu (pressure stall information, Documentation/accounting/psi in the Linux sources). */
export function parseCpuPressure(text: string): CpuPressure | null {
  const micros = /^some .*\btotal=(\d+)$/m.exec(text)?.[1];
  return micros === undefined ? null : { someSeconds: Number(micros) / 1e6 };
}

/** Null where the kernel keeps no such account. */
export function readCpuPressure(): CpuPressure | null {
  return parseCpuPressure(readProc('pressure/cpu') ?? '');
}
