import { Command, CommanderError } from 'commander';
import { describeError, exitCode } from './errors.ts';
import { benchVersion } from './version.ts';

const program = new Command('bench')
  .description(
    'Measures, on this machine, which concurrency model suits which work.\nStart with: bench run --quick',
  )
  .version(benchVersion)
  .showHelpAfterError('(bench --help lists what there is)')
  .exitOverride();

const run = program
  .command('run')
  .description('measure servers under workloads and draw the comparison')
  .option('--model <names>', 'servers to measure, comma-separated (default: the three models)')
  .option(
    '--references',
    'also the real systems that the chosen models stand for (see bench setup)',
  )
  .option(
    '--workload <names>',
    'workloads, with parameters as in a URL: io,cpu?n=30 (default: io,cpu,mixed)',
  )
  .option(
    '--exec <command>',
    'a server of your own, told where to listen by PORT; repeatable',
    collect,
  )
  .option('--url <url>', 'a server of your own that runs already; repeatable', collect)
  .option('--name <name>', 'what to call it; repeatable, one for each --exec and --url', collect)
  .option('--path <path>', 'what to ask of it; without, it is asked the workloads')
  .option('--allow-remote', 'load a --url on another machine')
  .option('--connections <count>', 'requests in flight in the closed loop (default: 64)')
  .option(
    '--rate <count>',
    'requests a second that open loops send (default: 60 % of what the slowest server bears)',
  )
  .option(
    '--duration <time>',
    'length of a measured window: 5s, 500ms (default: what the budget allows)',
  )
  .option(
    '--blocks <count>',
    'how often each server is measured afresh (default: what the budget allows)',
  )
  .option(
    '--workers <count>',
    'worker processes or threads (default: by model, from the CPUs available)',
  )
  .option('--cpus <list>', 'CPUs for the servers: 0-2,5 (default: from the cores there are)')
  .option('--client-cpus <list>', 'CPUs for the load generator')
  .option(
    '--fairness <mode>',
    'work: the same parameters for all; demand: the same CPU time a request (default: work)',
  )
  .option('--seed <number>', 'repeats the order and the random choices of another run')
  .option('--out <folder>', 'where run.json and report.html go (default: runs/<time>)')
  .option('--quick', 'be done within a minute; enough for large differences')
  .option('--rigorous', 'take up to 45 minutes: for small differences')
  .option('--open', 'show the report in the browser at the end')
  .option('--json', 'print the result as one JSON object on standard output')
  .action(async (flags: unknown) => (await import('./commands/run.ts')).run(flags));

program
  .command('list')
  .description('what can be measured: servers, whether they can run here, and workloads')
  .option('--json', 'as JSON')
  .action(async (flags: unknown) => (await import('./commands/list.ts')).list(flags));

program
  .command('compare')
  .description('what changed from one run to another')
  .argument('<base.json>', 'the document of the earlier run')
  .argument('<new.json>', 'the document of the later run')
  .option('--fail-on-regression <share>', 'exit with 1 when a figure got worse by more: 5%')
  .option('--out <file>', 'also as a page to look at')
  .option('--json', 'as JSON')
  .action(async (base: unknown, next: unknown, flags: unknown) =>
    (await import('./commands/compare.ts')).compare(base, next, flags),
  );

program
  .command('calibrate')
  .description('try the load generators on servers whose response times are known (2 minutes)')
  .action(async () => (await import('./commands/calibrate.ts')).calibrate());

program
  .command('setup')
  .description('build the real systems that the models stand for, once on each machine')
  .action(async () => (await import('./commands/setup.ts')).setup());

program
  .command('doctor')
  .description('what on this machine stands in the way of good numbers, and how to mend it')
  .action(async () => (await import('./commands/doctor.ts')).doctor());

const serve = program
  .command('serve')
  .description('run one server by hand until Ctrl-C, and print the URLs to try')
  .requiredOption('--model <name>', 'which server')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port <number>', 'port to listen on', '8080')
  .option(
    '--workers <count>',
    'worker processes or threads (default: by model, from the CPUs available)',
  )
  .action(async (flags: unknown) => (await import('./commands/serve.ts')).serve(flags));

// Not before the check of Node's version above.
const { serverOptionFlags } = await import('./plan/server-options.ts');
for (const [flag, summary] of serverOptionFlags()) {
  run.option(flag, summary);
  serve.option(flag, summary);
}

program
  .command('report')
  .description('tell a saved run again, finished or not')
  .argument('<run.json>', 'the document of a run')
  .option('--format <name>', 'html, markdown, png, csv, json, hgrm or benchstat', 'html')
  .option(
    '--out <path>',
    'the file it goes to; of png and hgrm, the folder (default: beside the document)',
  )
  .option('--open', 'show it in the browser')
  .option('--verify', 'recompute every number of a report.html from the document within it')
  .action(async (path: unknown, flags: unknown) =>
    (await import('./commands/report.ts')).report(path, flags),
  );

// Who reads along may stop reading (bench run | head): a run goes on without them.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`bench: ${describeError(error)}\n`);
    process.exitCode = exitCode(error);
  }
}

/** For options that may be given several times. */
function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
