const sweepMs = 50;

/**
 * Calls `expire` many times a second, each time after what has arrived was read: an answer that waits to be read
 * because this process was busy is not to be taken for one that never came.
 *
 * @returns a function that ends this
 */
export function sweepExpired(expire: () => void): () => void {
  const timer = setInterval(() => setImmediate(expire), sweepMs);
  return () => clearInterval(timer);
}
