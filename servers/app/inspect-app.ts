import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { exitInWords, keepOutputTail } from '../launch/diagnostics.ts';
import type { App } from './app.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);
const loadWithinMs = 10_000;

const reportSchema = z.union([
  z.object({ kind: z.enum(['handler', 'fetch']) }),
  z.object({ failure: z.string() }),
]);

/** A module of the user's own cannot be hosted. */
export class AppError extends Error {
  override readonly name = 'AppError';
}

/**
 * Finds out what a module of the user's own exports. It is loaded in a process of its own: whatever it starts or breaks
 * is gone before anything is measured.
 *
 * @throws AppError if there is no such module, or it cannot be loaded or exports no handler
 */
export async function inspectApp(path: string): Promise<App> {
  if (!existsSync(path)) throw new AppError(`${path} cannot be loaded: no such file`);
  const moduleUrl = pathToFileURL(resolve(path)).href;
  const child = fork(main, [moduleUrl], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    timeout: loadWithinMs,
    killSignal: 'SIGKILL',
  });
  let report: unknown;
  child.once('message', (message) => (report = message));
  const tail = keepOutputTail(child.stderr);
  await once(child, 'close');
  const { exitCode: code, signalCode: signal } = child;
  const { data } = reportSchema.safeParse(report);
  if (data && 'kind' in data) return { path, moduleUrl, kind: data.kind };
  const reason = data
    ? data.failure.split('\n', 1).join('') + placeIn(tail())
    : signal === 'SIGKILL'
      ? `it was not loaded within ${loadWithinMs / 1000} s`
      : `its process ${exitInWords({ code, signal })}`;
  throw new AppError(`${path} cannot be loaded: ${reason}`);
}

/** Where an error was thrown, which Node.js prints above it: `file:///path/app.ts:3`. */
function placeIn(output: string): string {
  const place = /^(?:file:\/\/)?(\/.*:\d+)$/m.exec(output)?.[1];
  return place === undefined ? '' : ` (${place})`;
}
