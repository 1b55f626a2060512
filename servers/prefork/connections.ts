import { readSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { block } from '../kit/runtime.ts';

/** A client that has just connected sends its request within this time, unless it is slow or silent. */
const patienceMs = 20;
/** A client that has sent the head of its request sends the body within this time. */
const bodyPatienceMs = 4_000;
const shortestPauseMs = 0.05;
const longestPauseMs = 1;
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Reads a client's request and emits it as the socket's `data`, within the present turn of the event loop. The event loop
 * accepts one connection a turn, so a request that is answered within the turn is alone in its worker.
 *
 * A client that sends nothing in time is left to the event loop; a client that has left is dropped.
 *
 * @param lacksBody whether the head of the client's request has come, but not the whole body
 */
export function readAtOnce(socket: Socket, lacksBody: () => boolean): void {
  const file = fileOf(socket);
  if (file === undefined) return;
  let isAlive = readPiece(socket, file, patienceMs);
  const dueMs = performance.now() + bodyPatienceMs;
  while (isAlive && lacksBody()) isAlive = readPiece(socket, file, dueMs - performance.now());
}

/** @returns whether something came in time from a client that has not left */
function readPiece(socket: Socket, file: number, withinMs: number): boolean {
  const dueMs = performance.now() + withinMs;
  let pauseMs = shortestPauseMs;
  let length = tryToRead(file);
  while (length === undefined && performance.now() < dueMs) {
    block(pauseMs);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    length = tryToRead(file);
  }
  if (length === undefined) return false;
  const piece = Buffer.from(buffer.subarray(0, length));
  const moreLength = 0 < length && length < buffer.length ? tryToRead(file) : undefined;
  if (length === 0 || moreLength === 0) {
    socket.destroy();
    return false;
  }
  const more = Buffer.from(buffer.subarray(0, moreLength ?? 0));
  socket.emit('data', piece);
  if (more.length > 0) socket.emit('data', more);
  return true;
}

/** @returns how many bytes came; 0 if there will be no more; `undefined` if there are none yet */
function tryToRead(file: number): number | undefined {
  const { stackTraceLimit } = Error;
  // Node.js throws if there is nothing to read yet; the stack trace would be most of the cost.
  Error.stackTraceLimit = 0;
  try {
    return readSync(file, buffer);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? undefined : 0;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The file descriptor of a socket, from a private field of Node.js: the only private field that this project reads.
 * If there is none (other Node.js versions, Windows), the event loop reads, and a worker may have accepted one
 * connection more than the one it serves.
 */
function fileOf(socket: Socket): number | undefined {
  const { _handle } = socket as { _handle?: { fd?: unknown } };
  const file = _handle?.fd;
  return typeof file === 'number' && file >= 0 ? file : undefined;
}

/** On shutdown, how long a client that has sent no request yet may still take. */
const silentClientMs = 100;
/** Most time for the kernel's queue to empty: it never does while clients keep connecting. */
const longestDrainMs = 3_000;

/** Answers all connections in the kernel's queue, closes the server, and ends the process. */
export function drain(server: Server): void {
  const deadlineMs = performance.now() + longestDrainMs;
  let accepted = 0;
  server.on('connection', () => {
    accepted += 1;
  });
  // Each turn of the event loop accepts one connection if there is any.
  const lookAgain = (acceptedBefore: number) => {
    const isQueueEmpty = accepted === acceptedBefore;
    if (isQueueEmpty || performance.now() > deadlineMs) end(server);
    else afterATurn(lookAgain, accepted);
  };
  afterATurn(lookAgain, accepted);
}

/** The first immediate runs in the present turn, the second after a whole turn. */
function afterATurn(look: (accepted: number) => void, accepted: number): void {
  setImmediate(() => setImmediate(look, accepted));
}

function end(server: Server): void {
  if (!server.listening) process.exit(0);
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), silentClientMs);
}
