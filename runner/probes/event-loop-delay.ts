import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What one of a server's event loops told: the longest delay in a stretch of time, on the machine's monotonic clock. */
export interface LoopDelay {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly longestMs: number;
}

/** Where a server's event loops write how late they are, and what they wrote. */
export interface LoopDelayLog {
  /** What the server's environment is to say. */
  readonly environment: { readonly EVENT_LOOP_DELAY_FILE: string };
  read(): LoopDelay[];
  remove(): void;
}

const lineSchema = z
  .tuple([z.number(), z.number(), z.number().nonnegative()])
  .refine(([fromMs, untilMs]) => fromMs <= untilMs);

/** Lines are written by programs that we may not know: what is none is left out, as is one that is not yet whole. */
export function parseLoopDelays(text: string): LoopDelay[] {
  return text.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(
      line.split(' ').map((word) => (word ? Number(word) : null)),
    );
    if (!parsed.success) return [];
    const [fromMs, untilMs, longestMs] = parsed.data;
    return [{ fromMs, untilMs, longestMs }];
  });
}

/**
 * The longest delay of any loop in a stretch of time; null where none was told of. A line counts where most of the
 * shorter of both lies in the other, so that a long delay fills all of its time, and a short one is not told twice.
 */
export function loopDelayIn(
  delays: readonly LoopDelay[],
  startMs: number,
  endMs: number,
): number | null {
  const within = delays.filter(({ fromMs, untilMs }) => {
    const shared = Math.min(untilMs, endMs) - Math.max(fromMs, startMs);
    return shared > Math.min(untilMs - fromMs, endMs - startMs) / 2;
  });
  return within.length > 0 ? Math.max(...within.map(({ longestMs }) => longestMs)) : null;
}

/** A new log in a folder of its own. */
export function openLoopDelayLog(): LoopDelayLog {
  const file = join(mkdtempSync(join(tmpdir(), 'bench-loops-')), 'event-loop-delay');
  return {
    environment: { EVENT_LOOP_DELAY_FILE: file },
    read() {
      try {
        return parseLoopDelays(readFileSync(file, 'latin1'));
      } catch {
        return []; // the server has written nothing
      }
    },
    remove: () => rmSync(dirname(file), { recursive: true, force: true }),
  };
}
