import { readProc } from './read-proc.ts';

/** Reads /proc/PID/smaps_rollup; null when it is not one. */
export function parsePssBytes(text: string): number | null {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/**
 * The proportional set size of some processes together: pages that they share are counted once. Null when
 * none can be read. The kernel walks their page tables for it, so it is not for use under load.
 */
export function readPssBytes(pids: readonly number[]): number | null {
  const sizes = pids
    .map((pid) => parsePssBytes(readProc(`${pid}/smaps_rollup`) ?? ''))
    .filter((bytes) => bytes !== null);
  return sizes.length === 0 ? null : sizes.reduce((sum, bytes) => sum + bytes, 0);
}
