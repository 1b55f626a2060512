import { spawn } from 'node:child_process';

/** It ends by itself then, whatever becomes of us. */
const longestMs = 120_000;
const spin = `const end = Date.now() + ${longestMs}; while (Date.now() < end);`;

/** Starts processes that do nothing but compute, on one CPU alone if it is given; returns what ends them. */
export function startHogs(count: number, cpu?: number): () => void {
  const hogs = Array.from({ length: count }, () =>
    cpu === undefined
      ? spawn(process.execPath, ['-e', spin])
      : spawn('taskset', ['--cpu-list', String(cpu), process.execPath, '-e', spin]),
  );
  return () => {
    for (const hog of hogs) hog.kill('SIGKILL');
  };
}
