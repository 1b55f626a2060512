import type { IncomingMessage } from 'node:http';
import { bodyTooLarge } from '../../workloads/request-error.ts';

/**
 * Reads the body of a request to its end. A body that is too large is refused as soon as that is known; what remains of
 * it is left to Node.js, which reads and drops it.
 *
 * @throws RequestError with status 413; the connection's error if the client leaves
 */
export function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) {
    reject(bodyTooLarge(mostBytes));
    return promise;
  }
  const pieces: Buffer[] = [];
  let length = 0;
  const take = (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length <= mostBytes) return;
    request.off('data', take).resume();
    reject(bodyTooLarge(mostBytes));
  };
  request.on('data', take);
  request.once('end', () => resolve(joined(pieces, length)));
  request.once('error', reject);
  return promise;
}

/** In a buffer of its own, which can be moved to another thread: Node.js shares its buffers between sockets. */
function joined(pieces: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    body.set(piece, end);
    end += piece.length;
  }
  return body;
}
