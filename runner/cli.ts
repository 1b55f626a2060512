import { Command, CommanderError } from 'commander';
import { hanging } from '../reports/terminal/text.ts';
import { systemErrorInWords } from '../servers/launch/diagnostics.ts';
import { benchVersion } from '../servers/package-root.ts';
import { describeError, exitCode } from './errors.ts';
import { addPoolOptions, addRun } from './run-command.ts';
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

const helpColumns = 80;
/** The commands of bench with their help. What they do is loaded when one is chosen. */
export function benchProgram(): Command {
  const program = new Command('bench')
    .usage('<command> [options]')
    .description(
      'Measure on this machine which concurrency model suits which work.\nStart with: bench run --quick',
    )
    .version(benchVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      getOutHelpWidth: () => Math.min(process.stdout.columns || helpColumns, helpColumns),
      getErrHelpWidth: () => Math.min(process.stderr.columns || helpColumns, helpColumns),
      outputError: (text, write) => write(text.replace(/^error:/, 'bench:')),
    })
    .exitOverride();

  program.commandsGroup('Measure:');
  addRun(program);
  addAdvise(program);
  addLesson(program);
  program
    .command('report')
    .description('render a report from a saved run, finished or not')
    .argument('<run.json>', 'saved run')
    .option(
      '--format <name>',
      'html, markdown, svg, csv, json, hgrm, benchstat, github-action-benchmark or trace',
      'html',
    )
    .option(
      '--out <path>',
      'file, or folder for formats of several files; - for standard output (default: beside run.json)',
    )
    .option('--open', 'show the report in the browser')
    .option('--assert <claim>', ...assertOption)
    .option(...strictOption)
    .option('--verify', 'check that a report.html shows what its embedded run data say')
    .action(async (path, flags) => (await import('./commands/report.ts')).report(path, flags));
  program
    .command('compare')
    .description('compare two saved runs')
    .argument('<base.json>', 'earlier run')
    .argument('<new.json>', 'later run')
    .option('--fail-on-regression <share>', 'exit with 1 if a figure got worse by more, such as 5%')
    .option(
      '--assert <claim>',
      "exit with 3 if it does not hold: 'new/base throughput of pool on cpu > 0.95' (repeatable)",
      collect,
    )
    .option(...strictOption)
    .option('--out <file>', 'also write an HTML page; - for standard output')
    .option('--format <name>', 'print text or markdown', 'text')
    .option('--json', 'print the comparison as JSON')
    .action(async (base, next, flags) =>
      (await import('./commands/compare.ts')).compare(base, next, flags),
    );

  program.commandsGroup('Prepare:');
  program
    .command('init')
    .description('write a bench.config.yaml with comments')
    .action(async () => (await import('./commands/init.ts')).init());
  program
    .command('list')
    .description('list servers and workloads')
    .option('--json', 'print the list as JSON')
    .action(async (flags) => (await import('./commands/list.ts')).list(flags));
  program
    .command('setup')
    .description('build the references and install what load workers need, once on each machine')
    .action(async () => (await import('./commands/setup.ts')).setup());
  const doctor = program
    .command('doctor')
    .description(
      'check whether this machine, that of the servers, and load workers can give reliable numbers',
    )
    .option(...serverOnOption)
    .option(...serverBenchOption);
  addLoadWorkerOptions(doctor.option(...serverAddressOption)).action(async (flags) =>
    (await import('./commands/doctor.ts')).doctor(flags),
  );
  const calibrate = program
    .command('calibrate')
    .description('check the load generators against known response times');
  addLoadWorkerOptions(calibrate.option(...serverAddressOption)).action(async (flags) =>
    (await import('./commands/calibrate.ts')).calibrate(flags),
  );

  program
    .command('worker')
    .description('send load from this machine for runs on another one, until Ctrl-C')
    .requiredOption('--master <address>', 'address[:port] of the run: its --master-bind')
    .option('--name <name>', 'name in the report (default: host name)')
    .action(async (flags) => (await import('./commands/worker.ts')).worker(flags));

  program.commandsGroup('Explore:');
  const serve = program
    .command('serve')
    .description('run one server until Ctrl-C, and print URLs to try')
    .requiredOption('--model <name>', 'model or reference; see bench list')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on', '8080')
    .option(...workersOption)
    .option(...databaseOption)
    .action(async (flags) => (await import('./commands/serve.ts')).serve(flags));
  addPoolOptions(serve);
  program
    .command('schema')
    .description('print the JSON Schema of run.json, or of bench.config.yaml')
    .argument('[file]', 'run or config', 'run')
    .action(async (file) => (await import('./commands/schema.ts')).schema(file));

  program
    .command('completion')
    .description('print a script with which bash, zsh or fish completes bench')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell) =>
      (await import('./commands/completion.ts')).printCompletion(program, shell),
    );
  program
    .command('agent', { hidden: true })
    .description('internal: what --server-on starts on the machine of the servers')
    .action(async () => (await import('./commands/agent.ts')).agent());

  program.helpCommand('help [command]', 'show help for a command');
  program.showHelpAfterError('Commands: bench --help');
  for (const command of program.commands) {
    command.showHelpAfterError(`Options: bench ${command.name()} --help`);
  }
  return program;
}

function addAdvise(program: Command): void {
  const command = program
    .command('advise')
    .description('find how many workers suit your server: measure it with several numbers of them')
    .option('--model <name>', 'model or reference; see bench list')
    .option('--app <module>', 'module with your handler, for the model to host')
    .option('--exec <command>', 'command of your server; {workers} is their number', collect)
    .option('--name <name>', 'name for the --exec (default: its program)', collect)
    .option('--path <path>', 'request path for the --exec (default: the workload paths)', collect)
    .option('--workload <names>', 'workloads, such as io,cpu?n=30 (default: cpu)');
  const requestOptions = addRequestOptions(command);
  command
    .option('--workers <list>', 'numbers of workers (default: 1,2,3,4,6,8 … up to 4 per CPU)')
    .option('--blocks <count>', 'fresh measurements of each number of workers (default: 6)')
    .option('--duration <time>', 'measured window, such as 5s or 500ms (default: 1.5s)')
    .option(...connectionsOption)
    .option('--objective <limit>', 'such as p99<100ms (repeatable; default: by workload)', collect)
    .option('--seed <number>', 'repeat the order and random choices of another run')
    .option(...databaseOption);
  addOutputOptions(command).action(async (flags) =>
    (await import('./commands/advise.ts')).advise({ ...flags, requestOptions }),
  );
}

function addLesson(program: Command): void {
  const command = program
    .command('lesson')
    .description(
      'measure what the lesson claims, in 15 minutes: models, and references that are set up',
    )
    .option('--seed <number>', 'repeat the order and random choices of another run')
    .option(...databaseOption);
  addOutputOptions(command).action(async (flags) =>
    (await import('./commands/lesson.ts')).lesson(flags),
  );
}

/** Runs the command line of this process to its end, and sets the exit status. */
export async function main(program = benchProgram()): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onOutputError);
  try {
    // What the scripts of `bench completion` call.
    if (process.argv[2] === 'complete') {
      const { completeFilesToo, completionOf } = await import('./commands/completion.ts');
      completeFilesToo();
      completionOf(program);
    }
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      process.stderr.write(`${errorLine(describeError(error))}\n`);
      process.exitCode = exitCode(error);
    }
  }
}

/** A reader may stop reading, as in `bench run | head`: the run goes on. It also does on a full disk, and fails at its end. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`bench: the output cannot be written: ${systemErrorInWords(error)}.\n`);
}

/** Wrapped between words on a terminal; whole elsewhere, where one may search for it. */
function errorLine(message: string): string {
  const { isTTY, columns } = process.stderr;
  return isTTY && columns > 0 ? hanging('bench: ', message, columns) : `bench: ${message}`;
}
