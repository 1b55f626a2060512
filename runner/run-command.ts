import type { Command } from 'commander';
import {
  addLoadWorkerOptions,
  addOutputOptions,
  addRequestOptions,
  assertOption,
  collect,
  connectionsOption,
  databaseOption,
  serverAddressOption,
  serverBenchOption,
  serverOnOption,
  strictOption,
  workersOption,
} from './shared-options.ts';

/** `bench run` with its help. */
export function addRun(program: Command): void {
  const run = program
    .command('run')
    .description('measure servers under load and write a report')
    .optionsGroup('What to measure:')
    .option(
      '--model <names>',
      'models and references; see bench list (default: event-loop, prefork, pool)',
    )
    .option('--references', 'add the references of these models; see bench setup')
    .option('--workload <names>', 'workloads, such as io,cpu?n=30 (default: io,cpu,mixed)')
    .optionsGroup('Your own code:')
    .option('--app <module>', 'module with your handler, for the models to host')
    .option('--exec <command>', 'command that starts your server on $PORT (repeatable)', collect)
    .option('--url <url>', 'URL of your running server (repeatable)', collect)
    .option('--name <name>', 'name for an --exec or --url, in their order (repeatable)', collect)
    .option(
      '--path <path>',
      'request path for your code (repeatable for --app; default: / for --app, else the workload paths)',
      collect,
    )
    .option('--allow-remote', 'allow a --url on another machine')
    .option('--insecure', 'accept any certificate of an HTTPS server')
    .optionsGroup('Requests to your own code (see docs/your-own.md):');
  const requestOptions = addRequestOptions(run);
  run
    .optionsGroup('Configuration:')
    .option('--config <file>', 'configuration (default: bench.config.yaml, .json, .js or .ts here)')
    .optionsGroup('Time and precision:')
    .option('--quick', 'finish within a minute; detects large differences only')
    .option('--rigorous', 'take up to 45 minutes; detects small differences')
    .option('--blocks <count>', 'fresh measurements of every server (default: as time allows)')
    .option('--duration <time>', 'measured window, such as 5s or 500ms (default: as time allows)')
    .optionsGroup('Load:')
    .option(...connectionsOption)
    .option(
      '--rate <count>',
      "open-loop request rate, req/s (default: 60 % of the slowest server's capacity)",
    )
    .option(
      '--objective <limit>',
      "p99<100ms, or 'light p95<50ms' for a class or workload (repeatable; default: by workload)",
      collect,
    )
    .option('--assert <claim>', ...assertOption)
    .option(...strictOption)
    .option('--fairness <mode>', 'work: same parameters; demand: same CPU time (default: work)')
    .option('--seed <number>', 'repeat the order and random choices of another run')
    .option(
      '--like <run.json>',
      'take rates, seed, windows, connections and blocks from an earlier run, to compare with it',
    )
    .optionsGroup('Servers and CPUs:')
    .option(...workersOption)
    .option(...databaseOption)
    .option('--cpus <list>', 'CPUs for the servers: 0-2,5 (default: by the cores present)')
    .option('--client-cpus <list>', 'CPUs for the load generator')
    .option(...serverOnOption)
    .option(...serverAddressOption)
    .option(...serverBenchOption);
  addPoolOptions(run);
  addLoadWorkerOptions(
    run.optionsGroup('Load from other machines (see docs/several-machines.md):'),
  );
  addOutputOptions(run.optionsGroup('Output:'))
    .addHelpText('after', examples)
    .action(async (flags) => (await import('./commands/run.ts')).run({ ...flags, requestOptions }));
}

export function addPoolOptions(command: Command): void {
  command
    .option('--netpollers <count>', 'pool: threads that accept connections (default: 1)')
    .option(
      '--queue-limit <count>',
      'pool: computations that may wait; more are answered 503 (default: no limit)',
    );
}

const examples = `
Examples:
  bench run --quick
      compare the three models in a minute
  bench run --model pool --references --workload 'cpu?n=30'
      compare the pool with the servers that it models
  bench run --exec 'node old.js' --name old --exec 'node new.js' --name new
      compare two versions of your own server; add --path /your/endpoint
  bench run --url http://localhost:3000/users --rate 200
      measure a running server at 200 requests per second`;
