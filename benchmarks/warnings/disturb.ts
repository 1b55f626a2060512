import { spawn } from 'node:child_process';
import { readProc } from '../../runner/probes/proc.ts';
import { processTree } from '../../runner/probes/process-tree.ts';

/** Busy processes end by themselves after this time, whatever happens to this one. */
const longestMs = 120_000;
const spin = `const end = Date.now() + ${longestMs}; while (Date.now() < end);`;

/**
 * Starts processes that compute all the time; returns a function that ends them.
 * @param cpu the only CPU to run on, with the load generator's real-time priority where that is permitted; if left out,
 * they run on any CPU, with normal priority
 */
export function startBusyProcesses(count: number, cpu?: number): () => void {
  const pin = cpu === undefined ? [] : ['taskset', '--cpu-list', String(cpu)];
  const command = [...pin, process.execPath, '-e', spin];
  const raisePriority = cpu === undefined ? '' : 'chrt --rr --pid 1 $$ 2>/dev/null; ';
  const processes = Array.from({ length: count }, () =>
    spawn('/bin/sh', ['-c', `${raisePriority}exec "$@"`, 'busy', ...command]),
  );
  return () => {
    for (const one of processes) one.kill('SIGKILL');
  };
}

/**
 * Sends a signal to a process of a model that a run has started.
 *
 * @param index 0 for the model's main process, 1 for its first worker process …
 * @throws Error when there is no such process
 */
export function signalServer(model: string, index: number, signal: NodeJS.Signals): void {
  const ofModel = processTree(process.pid).filter((pid) => isServer(pid, model));
  const pid = ofModel[index];
  if (pid === undefined) throw new Error(`there is no process ${index} of ${model}`);
  process.kill(pid, signal);
}

/** A server's shell and warden carry its command line too. */
function isServer(pid: number, model: string): boolean {
  const commandLine = (readProc(`${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
  return (
    pid !== process.pid && commandLine.includes(model) && /^\S*node\s(?!.*warden)/.test(commandLine)
  );
}
