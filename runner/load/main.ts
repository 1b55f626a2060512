import { z } from 'zod';
import { monotonicMs } from '../../servers/kit/runtime.ts';
import { raisePriority } from '../probes/priority.ts';
import { closedLoop } from './closed-loop/closed-loop.ts';
import { type Generator, startGenerator } from './generator.ts';
import {
  type AgreeOnStart,
  generatorCommandSchema,
  type Load,
  type LoadEvent,
  type LoadGenerator,
} from './load.ts';
import { openLoop } from './open-loop/open-loop.ts';
import { processesFor, runTogether } from './together.ts';

/**
 * The process of a load generator: runs the loads that the runner sends, reports progress, ends with the runner. Where a
 * load needs more processes, it starts them, and they end with it.
 */
const mostProcesses = Number(process.argv[2] ?? 1);
/** Time enough for the agreed start to reach the other processes. */
const leadMs = 20;

const others: Generator[] = [];
let start = Promise.withResolvers<number>();

function emit(event: LoadEvent): void {
  process.send?.(event);
}

const runHere: LoadGenerator<Load> = (load, onProgress, agreeOnStart) =>
  load.loop === 'closed'
    ? closedLoop(load, onProgress, agreeOnStart)
    : openLoop(load, onProgress, agreeOnStart);

async function runLoad(load: Load, agreeOnStart: AgreeOnStart | null): Promise<void> {
  const processes = processesFor(load, mostProcesses);
  while (others.length < processes - 1) others.push(startGenerator());
  const generators = [
    runHere,
    ...others.slice(0, processes - 1).map(
      (other): LoadGenerator<Load> =>
        (...args) =>
          other.run(...args),
    ),
  ];
  const soon = async () => monotonicMs() + (processes > 1 ? leadMs : 0);
  const result = await runTogether(generators, load, emit, agreeOnStart ?? soon);
  emit({ type: 'result', result });
}

function agreedStart(): Promise<number> {
  emit({ type: 'prepared' });
  return start.promise;
}

async function obey(message: unknown): Promise<void> {
  const command = generatorCommandSchema.parse(message);
  if (command.type === 'start') start.resolve(command.atMs);
  else if (command.type === 'cancel') start.reject(new Error('the load was cancelled'));
  else {
    start = Promise.withResolvers();
    await runLoad(command.load, command.awaitStart ? agreedStart : null);
  }
}

function inWords(error: unknown): string {
  if (error instanceof z.ZodError) return `invalid load: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}

raisePriority();
process.on('message', (message) => {
  obey(message).catch((error) => emit({ type: 'failed', message: inWords(error) }));
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole process group; the runner decides what happens
emit({ type: 'ready' });
