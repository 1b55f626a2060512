import { RenderError } from '../reports/render-error.ts';
import { LaunchError } from '../servers/launch/launch.ts';

/** The user asked for something that cannot be: exit status 2, nothing was run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for was tried and failed: exit status 1. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** The user, or the system, stopped the run: exit status 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

export function exitCode(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (error instanceof InterruptedError) return 130;
  return 1;
}

/** What an error says, without its stack. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const foreseen = [UsageError, RunError, InterruptedError, LaunchError, RenderError];

/** What to print for an error: a sentence for those we foresaw, the stack for those that are our own mistake. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (foreseen.some((kind) => error instanceof kind)) return error.message;
  return `this is a bug in bench, please report it:\n${error.stack ?? error.message}`;
}
