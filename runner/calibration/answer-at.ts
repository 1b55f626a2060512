/** Timers are whole milliseconds, and may come one late: the rest of the time is slept away in short naps. */
const nappingMs = 2;
/** What comes meanwhile has to wait for so long, and as long again as the kernel takes to wake us. */
const napMs = 0.1;
const wakeMs = 0.06;

interface Due {
  readonly dueMs: number;
  readonly answer: () => void;
}

const nearlyDue: Due[] = [];
const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Calls `answer` at a time on the clock of `performance.now()`, to a fraction of a millisecond. Sleeping, not
 * spinning: a process that spins is the first to be pushed off its core.
 */
export function answerAt(dueMs: number, answer: () => void): void {
  const leftMs = dueMs - performance.now();
  if (leftMs > nappingMs) setTimeout(expect, leftMs - nappingMs, { dueMs, answer });
  else expect({ dueMs, answer });
}

/** Blocks this thread. */
export function sleepUntil(ms: number): void {
  const leftMs = ms - performance.now();
  if (leftMs > 0) Atomics.wait(cell, 0, 0, leftMs);
}

function expect(due: Due): void {
  nearlyDue.push(due);
  nearlyDue.sort((a, b) => a.dueMs - b.dueMs);
  if (nearlyDue.length === 1) setImmediate(answerDue);
}

function answerDue(): void {
  const nextMs = nearlyDue[0]?.dueMs ?? 0;
  sleepUntil(Math.min(nextMs - wakeMs, performance.now() + napMs));
  const nowMs = performance.now();
  while (nearlyDue[0] && nearlyDue[0].dueMs <= nowMs) nearlyDue.shift()?.answer();
  if (nearlyDue.length > 0) setImmediate(answerDue);
}
