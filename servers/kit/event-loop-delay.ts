import { openSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { monotonicMs } from './runtime.ts';

/** The interval of the timer whose lateness is sampled. */
const resolutionMs = 10;
const lineEveryMs = 50;

/**
 * Reports how late this thread's event loop is: appends a line to EVENT_LOOP_DELAY_FILE every 50 ms if that variable is
 * set; see docs/wire-contract.md. Node.js takes the samples without running JavaScript. A line that cannot be written
 * does not fail the server.
 */
export function reportEventLoopDelay(): void {
  const path = process.env['EVENT_LOOP_DELAY_FILE'];
  if (!path) return;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  let fromMs = monotonicMs();
  const report = () => {
    const untilMs = monotonicMs();
    // Without a sample, the delay is at least the lateness of this line itself.
    const longestMs = Math.max(
      histogram.count > 0 ? histogram.max / 1e6 - resolutionMs : 0,
      untilMs - fromMs - lineEveryMs,
    );
    histogram.reset();
    // A longer delay began before the last line, which has reported that part.
    const delayMs = Math.min(Math.max(0, longestMs), untilMs - fromMs);
    const times = [fromMs, untilMs, delayMs].map((ms) => ms.toFixed(3));
    fromMs = untilMs;
    try {
      writeSync(file, `${times.join(' ')}\n`);
    } catch {
      clearInterval(timer);
    }
  };
  let file: number;
  try {
    file = openSync(path, 'a');
  } catch {
    return;
  }
  histogram.enable();
  const timer = setInterval(report, lineEveryMs).unref();
}
