import { statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { exitInWords, keepOutputTail, systemErrorInWords } from '../launch/diagnostics.ts';
import { userEnvironment } from '../launch/environment.ts';
import { forkWarded, settlesWithin } from '../launch/warden.ts';
import type { Exit } from '../server.ts';
import type { App } from './app.ts';

const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);
const loadWithinMs = 10_000;
/** The status with which Node.js exits when an `await` at the top level can never be fulfilled. */
const unsettledAwait = 13;

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
 * is gone before anything is measured, and when this process ends.
 *
 * @throws AppError if there is no such module, or it cannot be loaded or exports no handler
 */
export async function inspectApp(path: string): Promise<App> {
  const refuse = (reason: string) => new AppError(`${path} cannot be loaded: ${reason}`);
  const problem = problemWith(path);
  if (problem !== null) throw refuse(problem);
  const moduleUrl = pathToFileURL(resolve(path)).href;
  const { child, exited } = forkWarded({
    path: process.execPath,
    arguments: [main, moduleUrl],
    environment: userEnvironment(process.env),
    workingDirectory: undefined,
  });
  let report: unknown;
  child.once('message', (message) => (report = message));
  const tail = keepOutputTail(child.stderr);
  const isLate = !(await settlesWithin(loadWithinMs, exited));
  child.kill('SIGKILL');
  const exit = await exited;
  const { data } = reportSchema.safeParse(report);
  if (data && 'kind' in data) return { path, moduleUrl, kind: data.kind };
  if (data) throw refuse(data.failure.split('\n', 1).join('') + placeIn(tail()));
  throw refuse(isLate ? lateReason : exitReason(exit));
}

/** Why a path is not that of a file. */
function problemWith(path: string): string | null {
  try {
    return statSync(path).isFile()
      ? null
      : 'it is no file; give the path of a module, such as ./app.js';
  } catch (error) {
    return systemErrorInWords(error);
  }
}

const lateReason = `it was not loaded within ${loadWithinMs / 1000} s; a module must not compute or wait for long before it exports`;

function exitReason(exit: Exit): string {
  if (exit.code === unsettledAwait) return 'an await at its top level never ends';
  return `its process ${exitInWords(exit)}; a module must leave its process running`;
}

/** Where the user's code threw an error, which Node.js prints above it: `file:///path/app.ts:3`. */
function placeIn(output: string): string {
  const places = [...output.matchAll(/^(?:file:\/\/)?(\/.*:\d+)$/gm)].map(
    ([, place = '']) => place,
  );
  const place = places.find((one) => !one.startsWith(import.meta.dirname + sep));
  return place === undefined ? '' : ` (${place})`;
}
