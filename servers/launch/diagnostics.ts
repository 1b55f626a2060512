import type { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import type { Exit } from '../server.ts';

/** How a process ended, as the rest of a sentence: `exited with status 1`, `was killed by SIGKILL`. */
export function exitInWords({ code, signal }: Exit): string {
  return signal ? `was killed by ${signal}` : `exited with status ${code}`;
}

const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ELOOP: 'its symbolic links lead in a circle',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EFBIG: 'the file is larger than this process may write',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before an answer',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
};

/** What a system error means, in words; an unknown error's own message. */
export function systemErrorInWords(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  if (error.message.includes('wrong version number')) return 'the answer is not TLS: use http://';
  return systemErrors[errorCode(error) ?? ''] ?? error.message;
}

/** The code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!isNativeError(error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const charactersKept = 16_384;
const linesShown = 20;

/**
 * Reads everything that streams deliver, so that a process never blocks on its output, and keeps the end.
 * @returns gives the last lines, without the final line end
 */
export function keepOutputTail(...streams: readonly (Readable | null)[]): () => string {
  let tail = '';
  for (const stream of streams) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      const whole = tail + text;
      tail = whole.slice(-charactersKept);
      // Half a line may begin within a secret, which could not be found there.
      const isCut = whole.length > charactersKept;
      const next = tail.indexOf('\n') + 1;
      if (isCut && next < tail.length) tail = tail.slice(next);
    });
    stream?.on('error', () => undefined);
  }
  return () => tail.trimEnd().split('\n').slice(-linesShown).join('\n');
}
