/** USER_HZ, the unit of times in /proc: 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;

export interface ProcessStat {
  readonly parentPid: number;
  readonly threads: number;
  /** CPU time of all its threads, ended ones too, and of its children that have ended; in steps of 10 ms. */
  readonly cpuSeconds: number;
}

/** Reads /proc/PID/stat (proc_pid_stat(5)); null when it is not one. The command name may hold anything. */
export function parseProcessStat(text: string): ProcessStat | null {
  const afterName = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(afterName[number - 3]);
  if (afterName.length < 22) return null;
  const ticks = field(14) + field(15) + field(16) + field(17);
  return { parentPid: field(4), threads: field(20), cpuSeconds: ticks / ticksPerSecond };
}
