import { z } from 'zod';
import { raisePriority } from '../probes/priority.ts';
import { closedLoop } from './closed-loop/closed-loop.ts';
import { type LoadEvent, loadSchema } from './load.ts';
import { openLoop } from './open-loop/open-loop.ts';

/**
 * A load generator's process: runs the loads that its runner sends, one after the other, tells of each as it
 * goes, and ends when the runner does.
 */
function emit(event: LoadEvent): void {
  process.send?.(event);
}

async function runLoad(message: unknown): Promise<void> {
  try {
    const load = loadSchema.parse(message);
    const result = await (load.loop === 'closed' ? closedLoop(load, emit) : openLoop(load, emit));
    emit({ type: 'result', result });
  } catch (error) {
    emit({ type: 'failed', message: sentence(error) });
  }
}

function sentence(error: unknown): string {
  if (error instanceof z.ZodError) return `the load makes no sense: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}

raisePriority();
process.on('message', (message) => void runLoad(message));
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole process group; the runner decides what it means
emit({ type: 'ready' });
