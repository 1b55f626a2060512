import { readProc } from './read-proc.ts';

/** How many files and sockets this process may have open; null when the platform doesn't say, or for no limit. */
export function readOpenFilesLimit(): number | null {
  return parseOpenFilesLimit(readProc('self/limits') ?? '');
}

/** Reads /proc/PID/limits. */
export function parseOpenFilesLimit(text: string): number | null {
  const limit = /^Max open files\s+(\d+)\s/m.exec(text)?.[1];
  return limit === undefined ? null : Number(limit);
}
