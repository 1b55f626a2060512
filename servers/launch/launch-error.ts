import { type Exit, exitCodes } from '../server.ts';
import { errorCode, exitInWords, systemErrorInWords } from './diagnostics.ts';

/** Why a server could not be started. */
export const launchFailures = [
  'program-not-found',
  'port-taken',
  'cannot-listen',
  'died-at-boot',
  'never-ready',
  'certificate',
] as const;

export type LaunchFailure = (typeof launchFailures)[number];

/** A server could not be started; the message ends with the server's last output, if it ran at all. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  readonly failure: LaunchFailure;

  constructor(failure: LaunchFailure, message: string, output?: string) {
    super(output === undefined ? message : `${message}. ${quoteOutput(output)}`);
    this.failure = failure;
  }
}

function quoteOutput(output: string): string {
  return output === ''
    ? 'It printed nothing'
    : `Its last output:\n${output.replaceAll(/^/gm, '  ')}`;
}

export function portTaken(server: string, host: string, port: number, output?: string) {
  const message = `${server}: port ${port} on ${host} is taken; stop the program that listens there, or choose another port`;
  return new LaunchError('port-taken', message, output);
}

export function cannotListen(host: string, port: number, error: unknown) {
  const isPrivileged = errorCode(error) === 'EACCES' && port < 1024;
  const reason = `${systemErrorInWords(error)}${isPrivileged ? '; ports below 1024 need more rights' : ''}`;
  const where = port === 0 ? host : `${host}, port ${port}`; // 0 is any port
  return new LaunchError('cannot-listen', `cannot listen on ${where}: ${reason}`);
}

/** A server ended before it was ready: because its port was taken, if its status or its output says so. */
export function diedAtBoot(
  server: string,
  { host, port }: { host: string; port: number },
  exit: Exit,
  output: string,
) {
  if (exit.code === exitCodes.portTaken || /EADDRINUSE|address already in use/i.test(output)) {
    return portTaken(server, host, port, output);
  }
  const message = `${server} ${exitInWords(exit)} before it was ready`;
  return new LaunchError('died-at-boot', message, output);
}

/** @param lastAttempt what came of the last request, as in `connection refused` */
export function neverReady(
  server: string,
  url: string,
  { limitMs, lastAttempt, output }: { limitMs: number; lastAttempt: string; output: string },
) {
  const message = `${server} was not ready within ${limitMs / 1000} s: GET ${url} got: ${lastAttempt}`;
  return new LaunchError('never-ready', message, output);
}

/** @param problem as from `certificateProblem` */
export function certificateRefused(server: string, url: string, problem: string) {
  return new LaunchError('certificate', `${server} answers by HTTPS at ${url}, but ${problem}`);
}

export function pathMissing(server: string, url: string, ms: number, output: string) {
  const message = `${server} was not ready: GET ${url} got status 404 for ${ms / 1000} s`;
  return new LaunchError('never-ready', message, output);
}
