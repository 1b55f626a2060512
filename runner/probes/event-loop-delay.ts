import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** One line of a server's event-loop log: the longest delay between two times of the machine's monotonic clock. */
export interface LoopDelay {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly longestMs: number;
}

/** The file to which a server's event loops append how late they are. */
export interface LoopDelayLog {
  /** To be set in the server's environment: EVENT_LOOP_DELAY_FILE, unless nothing can be written. */
  readonly environment: Readonly<Record<string, string>>;
  read(): LoopDelay[];
  remove(): void;
}

/**
 * Opens a new log. Where there is a /proc, the file loses its name at once and servers reach it through this process's
 * descriptor: the kernel then frees it when this process ends, even by SIGKILL. Where no folder can be written, as in a
 * container with a read-only root, no delays are reported.
 */
export function openLoopDelayLog(folders = [tmpdir(), '/dev/shm']): LoopDelayLog {
  const opened = openIn(folders);
  if (!opened) return { environment: {}, read: () => [], remove: () => undefined };
  const { file, descriptor } = opened;
  const link = `/proc/${process.pid}/fd/${descriptor}`;
  const path = existsSync(link) ? link : file;
  if (path === link) rmSync(file);
  return {
    environment: { EVENT_LOOP_DELAY_FILE: path },
    read() {
      try {
        return parseLoopDelays(readFileSync(path, 'latin1'));
      } catch {
        return []; // removed
      }
    },
    remove() {
      closeSync(descriptor);
      if (path === file) rmSync(file, { force: true });
    },
  };
}

/** A new file in the first folder that can be written. */
function openIn(folders: readonly string[]): { file: string; descriptor: number } | null {
  for (const folder of folders) {
    const file = join(folder, `bench-event-loop-delay-${randomUUID()}`);
    try {
      return { file, descriptor: openSync(file, 'ax', 0o600) };
    } catch {
      // The next one may be writable.
    }
  }
  return null;
}

const lineSchema = z
  .tuple([z.number(), z.number(), z.number().nonnegative()])
  .refine(([fromMs, untilMs]) => fromMs <= untilMs);

/** Lines come from any program: malformed and incomplete ones are skipped. */
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
 * The longest delay of any loop in an interval; null where none was reported. A line counts in an interval when more
 * than half of the shorter of the two overlaps the other: a long delay fills every interval that it spans, and a short
 * one counts in one interval only.
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
