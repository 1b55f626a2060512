import { readSync } from 'node:fs';
import type { Socket } from 'node:net';
import { block } from './block.ts';

/** A client that has just connected sends its request within less, unless it is slow or says nothing. */
const patienceMs = 20;
const shortestPauseMs = 0.05;
const longestPauseMs = 1;
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Reads what a client sends first, and hands it to whoever listens to the socket, in this turn of the event loop: the
 * loop accepts one connection a turn, so whoever has been answered before the turn ends never had company.
 *
 * A client that has sent nothing in time is left to the event loop, and one that has left already is dropped.
 */
export function readAtOnce(socket: Socket): void {
  const file = fileOf(socket);
  if (file === undefined) return;
  const dueMs = performance.now() + patienceMs;
  let pauseMs = shortestPauseMs;
  let length = tryToRead(file);
  while (length === undefined && performance.now() < dueMs) {
    block(pauseMs);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    length = tryToRead(file);
  }
  if (length === undefined) return;
  const request = Buffer.from(buffer.subarray(0, length));
  const hasLeft = length === 0 || (length < buffer.length && tryToRead(file) === 0);
  if (hasLeft) socket.destroy();
  else socket.emit('data', request);
}

/** @returns how many bytes came, 0 if there will be no more, `undefined` if there are none yet */
function tryToRead(file: number): number | undefined {
  const { stackTraceLimit } = Error;
  // That nothing has come yet is thrown as an error; its stack would be most of what it costs.
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
 * The number of a socket's file. Node.js keeps it to itself: this is the one place that looks inside. Where there is
 * none (other Node.js versions, Windows), the event loop reads; a worker may then have accepted one connection more
 * than the one it serves.
 */
function fileOf(socket: Socket): number | undefined {
  const { _handle } = socket as { _handle?: { fd?: unknown } };
  const file = _handle?.fd;
  return typeof file === 'number' && file >= 0 ? file : undefined;
}
