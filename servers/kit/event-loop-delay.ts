import { openSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { monotonicMs } from './monotonic-ms.ts';

/** How often a timer is set to see when it fires. */
const resolutionMs = 10;
const lineEveryMs = 50;

/**
 * Has this thread tell how late its event loop is, where EVENT_LOOP_DELAY_FILE asks for it: a line is appended to that
 * file every 50 ms; see docs/wire-contract.md. Node.js takes the samples without running JavaScript. That a line cannot
 * be written is no reason for a server to fail.
 */
export function reportEventLoopDelay(): void {
  const path = process.env['EVENT_LOOP_DELAY_FILE'];
  if (!path) return;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  let fromMs = monotonicMs();
  const tell = () => {
    const untilMs = monotonicMs();
    // Of a stretch without a sample, the least that is known is how late this line itself is.
    const longestMs = Math.max(
      histogram.count > 0 ? histogram.max / 1e6 - resolutionMs : 0,
      untilMs - fromMs - lineEveryMs,
    );
    histogram.reset();
    // What is beyond this stretch was told with the one before.
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
  const timer = setInterval(tell, lineEveryMs).unref();
}
