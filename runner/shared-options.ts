import type { Command } from 'commander';
import type { RequestOption } from './plan/request-flags.ts';

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

export const serverAddressOption = [
  '--server-address <ip>',
  'address on which servers listen (default: 127.0.0.1)',
] as const;

export const serverBenchOption = [
  '--server-bench <command>',
  'command of bench on that machine (default: bench)',
] as const;
/** Adds the options of commands that can send their load from other machines. */
export const addLoadWorkerOptions = (command: Command): Command =>
  command
    .option('--load-workers <count>', 'machines that send the load, each running bench worker')
    .option(
      '--master-bind <address>',
      'address[:port] where load workers find this command (default: 127.0.0.1:5557)',
    );

/**
 * Adds the options that describe requests.
 * @returns what was given, in its order: most of them belong to the --request before them
 */
export function addRequestOptions(command: Command): RequestOption[] {
  command
    .option('--request <request>', "'GET /users', '3 POST /orders' with a weight (repeatable)")
    .option('--header <header>', "'Name: value'; before the first --request, for all (repeatable)")
    .option('--body <text>', 'body of the --request before it, or @file')
    .option('--status <code>', 'expected status of the --request before it (default: 2xx)')
    .option('--contains <text>', 'text that answers to the --request before it contain');
  const given: RequestOption[] = [];
  for (const name of ['request', 'header', 'body', 'status', 'contains'] as const) {
    command.on(`option:${name}`, (value) => given.push({ flag: `--${name}`, value }));
  }
  return given;
}

/** Adds the options of commands that measure a run. */
export const addOutputOptions = (command: Command): Command =>
  command
    .option('--dry-run', 'print the plan with its duration, and measure nothing')
    .option('--out <folder>', 'folder for run.json and report.html (default: runs/<time>)')
    .option('--open', 'show the report in the browser')
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'show no progress');
