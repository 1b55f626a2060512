import type { Command } from 'commander';

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Options of several commands, as commander takes them. */
export const workersOption = [
  '--workers <count>',
  'worker processes or threads (default: by model and CPUs)',
] as const;

export const databaseOption = [
  '--database <url>',
  'PostgreSQL for crud, postgres://… (default: $DATABASE_URL, else one that bench starts)',
] as const;

export const assertOption = [
  "exit with 3 if it does not hold: 'pool/prefork throughput on cpu > 1.5' (repeatable)",
  collect,
] as const;

export const strictOption = ['--strict', 'exit with 3 if an --assert is unclear, too'] as const;

export const connectionsOption = [
  '--connections <count>',
  'requests in flight in the closed loop (default: 64, or 4 per worker if more)',
] as const;

export const serverOnOption = [
  '--server-on <prefix>',
  "run the servers on another machine: 'ssh app1' (see docs/several-machines.md)",
] as const;

export const serverBenchOption = [
  '--server-bench <command>',
  'command of bench on that machine (default: bench)',
] as const;

/** Adds the options of commands that measure a run. */
export const addOutputOptions = (command: Command): Command =>
  command
    .option('--out <folder>', 'folder for run.json and report.html (default: runs/<time>)')
    .option('--open', 'show the report in the browser')
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'show no progress');
