import type { Server as HttpServer } from 'node:http';
import type { Server as NetServer, Socket } from 'node:net';
import { application } from '../../workloads/application.ts';
import type { Handler } from '../../workloads/runtime.ts';
import { exitCodes } from '../server.ts';
import { reportEventLoopDelay } from './event-loop-delay.ts';

/** What a model's process is told by its environment; see docs/wire-contract.md. */
export interface ModelSettings {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly backlog: number;
  /** Lets several threads listen on the same port; the kernel spreads connections over them. */
  readonly reusePort?: boolean;
}

const longestIdleMs = 75_000;

/** Reads the settings, or ends the process with a line that says what is wrong with them. */
export function readSettings(): ModelSettings {
  return {
    host: process.env['HOST'] || endWith(exitCodes.badEnvironment, 'HOST is not set'),
    port: readWholeNumber('PORT', 65_535),
    workers: readWholeNumber('WORKERS', 10_000),
    backlog: readWholeNumber('BACKLOG', 65_535),
  };
}

/** By hand: a schema library would add 19 MB to what each model is seen to use. */
export function readWholeNumber(name: string, maximum: number, otherwise?: number): number {
  const text = process.env[name] ?? '';
  if (text === '' && otherwise !== undefined) return otherwise;
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= maximum) return value;
  return endWith(
    exitCodes.badEnvironment,
    `${name} must be a whole number from 1 to ${maximum}, not "${text}"`,
  );
}

/** The handler that a model hosts: the application, or for tests the `handler` of the module that HANDLER names. */
export async function loadHandler(): Promise<Handler> {
  const moduleUrl = process.env['HANDLER'];
  if (!moduleUrl) return application;
  const { handler }: { handler: Handler } = await import(moduleUrl);
  return handler;
}

/**
 * Serves HTTP until a signal asks the process to stop; then answers what has come, and exits with status 0.
 * In a thread other than the main one, `whenToStop` stands for the signals, and it is the thread that exits.
 */
export async function serveHttp(
  server: HttpServer,
  settings: ModelSettings,
  whenToStop = onStop,
): Promise<void> {
  server.keepAliveTimeout = longestIdleMs;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  whenToStop(() => drain(server, sockets));
  reportEventLoopDelay();
  await listen(server, settings);
}

function drain(server: HttpServer, sockets: ReadonlySet<Socket>): void {
  server.close(() => process.exit(0));
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  setInterval(() => {
    server.closeIdleConnections();
    // To Node.js a connection is not idle before its first request, however long that takes to come.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }, 10);
}

/** Calls `drain` once, when the process is asked to stop. */
export function onStop(drain: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, drain);
}

/** Resolves when the server listens. A port that is taken, or not to be had, ends the process with a clear line. */
export function listen(server: NetServer, settings: ModelSettings): Promise<void> {
  const { host, port, backlog, reusePort = false } = settings;
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      endWith(
        taken ? exitCodes.portTaken : exitCodes.badEnvironment,
        taken ? `port ${port} on ${host} is taken` : `cannot listen: ${error.message}`,
      );
    });
    server.listen({ host, port, backlog, reusePort }, resolve);
  });
}

/** Ends the process with a line that says why. */
export function endWith(exitCode: number, reason: string): never {
  console.error(reason);
  process.exit(exitCode);
}
