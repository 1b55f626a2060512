import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readRunDocument } from '../../results/document/read.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { measure } from '../../runner/commands/run.ts';
import { InterruptedError } from '../../runner/errors.ts';
import { localMachine } from '../../runner/machine/local-machine.ts';
import type { Plan } from '../../runner/plan/plan.ts';
import { planRun, type RunFlags, runFlagsSchema } from '../../runner/plan/run-options.ts';
import { readEnvironment } from '../../runner/probes/environment.ts';
import { lineProgress } from '../../runner/progress/progress.ts';
import { makeFolder } from '../../runner/replace-file.ts';
import type { RunListener } from '../../runner/run/events.ts';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { loadSaved, savedPath } from './program.ts';

/** A run as `bench run` makes it from these flags, except for what `change` replaces in its plan. */
export interface BenchmarkRun {
  /** Under which the run document is saved. */
  readonly name: string;
  readonly flags: Partial<RunFlags>;
  readonly change?: Partial<Plan>;
}

const commandOf = ({ name, ...settings }: BenchmarkRun): string[] => [
  'benchmark',
  name,
  JSON.stringify(settings),
];

/**
 * Does what `bench run` does, and saves the run document.
 * @throws InterruptedError on a signal
 */
export async function run(
  wanted: BenchmarkRun,
  emit: RunListener = lineProgress(console.log),
): Promise<RunDocument> {
  const { name, flags, change } = wanted;
  const plan = { ...planRun(runFlagsSchema.parse(flags)), ...change };
  const path = savedPath(name);
  await makeFolder(dirname(path));
  const machine = localMachine(await readEnvironment());
  const finished = await measure(plan, machine, commandOf(wanted), path, emit);
  if (finished.status === 'interrupted') throw new InterruptedError(`${name} was interrupted`);
  return finished;
}

/** @returns the saved run if it was finished, with the same settings; otherwise null */
export async function loadRun(wanted: BenchmarkRun): Promise<RunDocument | null> {
  const text = await loadSaved(wanted.name);
  if (text === null) return null;
  const document = readRunDocument(text);
  const isWanted = document.command.join(' ') === commandOf(wanted).join(' ');
  return document.status === 'complete' && isWanted ? document : null;
}

/** Measures a run, unless a finished one with the same settings is saved; if `fresh`, in any case. */
export async function runUnlessSaved(
  wanted: BenchmarkRun,
  fresh: boolean,
  measureRun: (wanted: BenchmarkRun) => Promise<RunDocument> = run,
): Promise<RunDocument> {
  const saved = fresh ? null : await loadRun(wanted);
  console.log(`${wanted.name}${saved ? ': saved by an earlier call' : ''}`);
  return saved ?? measureRun(wanted);
}

interface SeededRuns extends Omit<BenchmarkRun, 'name'> {
  /** Whether runs that are saved are measured again. */
  readonly fresh: boolean;
  readonly measureRun?: ((wanted: BenchmarkRun) => Promise<RunDocument>) | undefined;
}

/** One run for each of the seeds 1, 2, …, unless it is saved. */
export const runSeeds = (
  name: string,
  seeds: number,
  { flags, change, fresh, measureRun }: SeededRuns,
): Promise<RunDocument[]> =>
  Array.fromAsync({ length: seeds }, (_, index) => {
    const seed = String(index + 1);
    const wanted = {
      name: `${name}-${seed}`,
      flags: { ...flags, seed },
      ...(change && { change }),
    };
    return runUnlessSaved(wanted, fresh, measureRun);
  });

/** From the start of a run to its end. */
export const secondsOf = ({ startedAt, finishedAt }: RunDocument): number =>
  (Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000;

export const blocksOf = ({ trials }: RunDocument): number =>
  new Set(trials.map(({ block }) => block)).size;

type Environment = Readonly<Record<string, string | number>>;

/** For `--exec`: the command line that runs one of this project's programs on this Node.js. */
export function nodeCommand(
  path: string,
  environment: Environment = {},
  words: readonly string[] = [],
): string {
  const settings = Object.entries(environment).map(
    ([name, value]) => `${name}=${quoted(String(value))}`,
  );
  return [...settings, ...[process.execPath, path, ...words].map(quoted)].join(' ');
}

/** For `--exec`: the command line of the event-loop model, with the handler of another module if one is given. */
export function eventLoopCommand(handlerPath?: string, environment: Environment = {}): string {
  const handler = handlerPath ? { HANDLER: pathToFileURL(handlerPath).href } : {};
  const [main = ''] = eventLoop.command({ host: '', port: 0, workers: 1, backlog: 1 }).arguments;
  return nodeCommand(main, { ...handler, ...environment });
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
