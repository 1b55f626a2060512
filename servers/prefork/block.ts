const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Stops this thread, and with it everything else that it would do, for `ms` at least. */
export function block(ms: number): void {
  const dueMs = performance.now() + ms;
  for (let leftMs = ms; leftMs > 0; leftMs = dueMs - performance.now()) {
    Atomics.wait(never, 0, 0, leftMs);
  }
}
