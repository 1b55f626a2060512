import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as NetServer, Socket } from 'node:net';
import { exitCodes } from '../server.ts';
import { reportEventLoopDelay } from './event-loop-delay.ts';

/** The settings of a model's process, from its environment; see docs/wire-contract.md. */
export interface ModelSettings {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly backlog: number;
}

const longestIdleMs = 75_000;

/** Reads the settings; ends the process with a message if one is wrong. */
export function readSettings(): ModelSettings {
  return {
    host: process.env['HOST'] || endWith(exitCodes.badEnvironment, 'HOST is not set'),
    port: readWholeNumber('PORT', 65_535),
    workers: readWholeNumber('WORKERS', 10_000),
    backlog: readWholeNumber('BACKLOG', 65_535),
  };
}

/** Reads a variable by hand: a schema library would add 19 MB to the memory measured for each model. */
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

/**
 * Serves HTTP until SIGTERM or SIGINT; then answers the requests in flight and exits with status 0.
 * In a worker thread, `whenToStop` replaces the signals, and only the thread exits.
 */
export async function serveHttp(
  server: HttpServer,
  settings: ModelSettings,
  whenToStop = onStop,
): Promise<void> {
  whenToStop(serveConnections(server));
  await listen(server, settings);
}

/**
 * Makes an HTTP server serve the connections that it gets, by listening or from another thread.
 * @returns a function that answers the requests in flight and then ends the process or the worker thread with status 0
 */
export function serveConnections(server: HttpServer): () => void {
  server.keepAliveTimeout = longestIdleMs;
  const connections: Connections = new Map();
  server.on('connection', (socket: Socket) => {
    connections.set(socket, null);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, response) => connections.set(socket, response));
  reportEventLoopDelay();
  return () => drain(server, connections);
}

/** The last response on each open connection; null before its first request. */
type Connections = Map<Socket, ServerResponse | null>;

/** How long a client may take to send the rest of a request when the server stops. */
const unfinishedRequestMs = 100;

function drain(server: HttpServer, connections: Connections): void {
  server.close();
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  setInterval(() => {
    if (connections.size === 0) process.exit(0);
    server.closeIdleConnections();
    // Node.js does not count a connection as idle before its first request.
    for (const socket of connections.keys()) if (socket.bytesRead === 0) socket.destroy();
  }, 10);
  setInterval(() => {
    for (const [socket, response] of connections) {
      if (!response || response.writableFinished) socket.destroy();
    }
  }, unfinishedRequestMs);
}

/** Calls `drain` once, on SIGTERM or SIGINT. */
export function onStop(drain: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, drain);
}

/** Resolves when the server listens. A port that cannot be used ends the process with a message. */
export function listen(server: NetServer, settings: ModelSettings): Promise<void> {
  const { host, port, backlog } = settings;
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      endWith(
        taken ? exitCodes.portTaken : exitCodes.badEnvironment,
        taken ? `port ${port} on ${host} is taken` : `cannot listen: ${error.message}`,
      );
    });
    server.listen({ host, port, backlog }, resolve);
  });
}

/** Prints the reason and ends the process. */
export function endWith(exitCode: number, reason: string): never {
  console.error(reason);
  process.exit(exitCode);
}
