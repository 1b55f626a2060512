import { spawn } from 'node:child_process';

/** It ends by itself then, whatever becomes of us. */
const longestMs = 120_000;
const spin = `const end = Date.now() + ${longestMs}; while (Date.now() < end);`;

export interface HogOptions {
  /** The one CPU that they run on; any if it is left out. */
  readonly cpu?: number;
  /** With the precedence that the load generator takes, where that is permitted. */
  readonly realTime?: boolean;
}

/** Starts processes that do nothing but compute; returns what ends them. */
export function startHogs(count: number, { cpu, realTime = false }: HogOptions = {}): () => void {
  const pin = cpu === undefined ? [] : ['taskset', '--cpu-list', String(cpu)];
  const command = [...pin, process.execPath, '-e', spin];
  const raisePriority = realTime ? 'chrt --rr --pid 1 $$ 2>/dev/null; ' : '';
  const hogs = Array.from({ length: count }, () =>
    spawn('/bin/sh', ['-c', `${raisePriority}exec "$@"`, 'hog', ...command]),
  );
  return () => {
    for (const hog of hogs) hog.kill('SIGKILL');
  };
}
