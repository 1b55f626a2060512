import { exitCodes } from '../kit/exit-codes.ts';
import type { Exit } from '../server.ts';

/** Why a server could not be started. */
export type LaunchFailure =
  | 'program-not-found'
  | 'port-taken'
  | 'cannot-listen'
  | 'died-at-boot'
  | 'never-ready';

/** A server that could not be started; the message tells people what was wrong and ends with what it printed. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  readonly failure: LaunchFailure;

  constructor(failure: LaunchFailure, message: string, output?: string) {
    super(output === undefined ? message : `${message}. ${quoteOutput(output)}`);
    this.failure = failure;
  }
}

export function portTaken(server: string, host: string, port: number, output?: string) {
  const message = `${server}: port ${port} on ${host} is taken; stop what listens there, or choose another port`;
  return new LaunchError('port-taken', message, output);
}

/** What the codes of system errors mean to a person. */
const meanings: Record<string, string> = {
  EACCES: 'permission is denied; ports below 1024 need more rights',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host',
};

export function cannotListen(host: string, port: number, error: NodeJS.ErrnoException) {
  const reason = meanings[error.code ?? ''] ?? error.message;
  return new LaunchError('cannot-listen', `cannot listen on ${host}, port ${port}: ${reason}`);
}

export function diedAtBoot(server: string, exit: Exit, output: string) {
  return new LaunchError(
    'died-at-boot',
    `${server} ${describeExit(exit)} before it answered`,
    output,
  );
}

export function neverReady(server: string, url: string, limitMs: number, output: string) {
  const message = `${server} was not ready within ${limitMs / 1000} s: GET ${url} got no good answer`;
  return new LaunchError('never-ready', message, output);
}

function describeExit({ code, signal }: Exit): string {
  return signal ? `was ended by ${signal}` : `exited with status ${code}`;
}

/** Whether a server that died says that its port was taken, by its status or in its language's words. */
export function saysPortTaken(exit: Exit, output: string): boolean {
  return exit.code === exitCodes.portTaken || /EADDRINUSE|address already in use/i.test(output);
}

function quoteOutput(output: string): string {
  return output === ''
    ? 'It printed nothing'
    : `Its last output:\n${output.replaceAll(/^/gm, '  ')}`;
}
