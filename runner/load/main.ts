import { z } from 'zod';
import { raisePriority } from '../probes/priority.ts';
import { closedLoop } from './closed-loop/closed-loop.ts';
import { type LoadEvent, loadSchema } from './load.ts';
import { openLoop } from './open-loop/open-loop.ts';

/** The process of a load generator: runs the loads that the runner sends, reports progress, ends with the runner. */
function emit(event: LoadEvent): void {
  process.send?.(event);
}

async function runLoad(message: unknown): Promise<void> {
  try {
    const load = loadSchema.parse(message);
    const result = await (load.loop === 'closed' ? closedLoop(load, emit) : openLoop(load, emit));
    emit({ type: 'result', result });
  } catch (error) {
    emit({ type: 'failed', message: inWords(error) });
  }
}

function inWords(error: unknown): string {
  if (error instanceof z.ZodError) return `invalid load: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}

raisePriority();
process.on('message', (message) => void runLoad(message));
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole process group; the runner decides what happens
emit({ type: 'ready' });
