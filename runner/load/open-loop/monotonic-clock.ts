/**
 * What `performance.now()` of this thread must be added to give ms of the monotonic clock, which all threads
 * share. Of several readings, the one in which the two clocks were read closest together.
 */
export function monotonicOffsetMs(): number {
  const readings = Array.from({ length: 5 }, () => {
    const before = process.hrtime.bigint();
    const nowMs = performance.now();
    const after = process.hrtime.bigint();
    return { apart: after - before, offsetMs: Number(before + after) / 2e6 - nowMs };
  });
  return readings.reduce((best, reading) => (reading.apart < best.apart ? reading : best)).offsetMs;
}
