import { AppError } from '../servers/app/inspect-app.ts';
import { DatabaseError } from '../servers/database/database.ts';
import { LaunchError } from '../servers/launch/launch.ts';
import { masked } from './secrets.ts';

/** A mistake on the command line, or input that cannot be used: exit status 2, nothing was run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The flag that it is about: `--workers`; if not given, the one that the message begins with. */
  readonly flag: string | undefined;

  constructor(message: string, flag = /^--[a-z-]+/.exec(message)?.[0]) {
    super(message);
    this.flag = flag;
  }
}

/** The command was carried out, and failed: exit status 1. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** Something beside the server failed, and the server is not to blame for it. */
export class OutsideFailure extends RunError {}

/** The database died under a server, or does not accept connections. */
export class DatabaseFailedError extends OutsideFailure {}

/** A load worker was lost, or could not run its share of a load. */
export class LoadWorkerError extends OutsideFailure {}

/** The command was carried out, and its numbers are not what the user asserted: exit status 3. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** The user, or the system, stopped the run: exit status 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

export function exitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof AppError) return 2;
  if (error instanceof AssertionFailure) return 3;
  if (error instanceof InterruptedError) return 130;
  return 1;
}

/** The message of an error, without its stack, and without the secrets that a server may have printed. */
export const messageOf = (error: unknown): string =>
  masked(error instanceof Error ? error.message : String(error));

const expected = [
  UsageError,
  RunError,
  AssertionFailure,
  InterruptedError,
  LaunchError,
  DatabaseError,
  AppError,
];

/** What to print for an error: its message if it is one of the expected kinds; otherwise its stack, for a bug report. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error) || expected.some((kind) => error instanceof kind)) {
    return messageOf(error);
  }
  return masked(`this is a bug in bench, please report it:\n${error.stack ?? error.message}`);
}
