/** Timers are whole milliseconds, and may come one late: the rest of the time is spun away. */
const spinMs = 2;

interface Due {
  readonly dueMs: number;
  readonly answer: () => void;
}

const nearlyDue: Due[] = [];

/** Calls `answer` at a time on the clock of `performance.now()`, to a few µs while nothing else is to be done. */
export function answerAt(dueMs: number, answer: () => void): void {
  const leftMs = dueMs - performance.now();
  if (leftMs > spinMs) setTimeout(spinFor, leftMs - spinMs, { dueMs, answer });
  else spinFor({ dueMs, answer });
}

function spinFor(due: Due): void {
  nearlyDue.push(due);
  if (nearlyDue.length === 1) setImmediate(spin);
}

function spin(): void {
  const nowMs = performance.now();
  const ready = nearlyDue.filter(({ dueMs }) => dueMs <= nowMs);
  if (ready.length > 0) {
    nearlyDue.splice(0, nearlyDue.length, ...nearlyDue.filter(({ dueMs }) => dueMs > nowMs));
    for (const { answer } of ready) answer();
  }
  if (nearlyDue.length > 0) setImmediate(spin);
}
