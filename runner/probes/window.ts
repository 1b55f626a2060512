import type {
  HostActivity,
  Interval,
  KernelCounts,
  Resources,
  Throttling,
} from '../../results/document/run-document.ts';
import { monotonicMs } from '../../servers/kit/runtime.ts';
import { readThrottling, throttlingBetween } from './control-groups.ts';
import { type LoopDelayLog, loopDelayIn } from './event-loop-delay.ts';
import {
  hostActivityBetween,
  kernelCountsBetween,
  readHostActivity,
  readKernelCounts,
} from './machine-counters.ts';
import { cpuSecondsIn, probeResources } from './resources.ts';

/** An interval of a window, counted from the start of the window. */
type Span = Pick<Interval, 'startSeconds' | 'durationSeconds'>;

/** What was measured on both sides of one window of load. */
interface WindowProbeResult {
  readonly server: Resources;
  readonly client: Resources;
  /** Null without a database whose processes are known. */
  readonly database: Resources | null;
  readonly host: HostActivity;
  readonly kernel: KernelCounts;
  readonly throttling: Throttling | null;
  /** The server's CPU time in an interval of the window. */
  readonly serverCpuSeconds: (interval: Span) => number | null;
  /** The longest delay of any of the server's event loops in an interval of the window. */
  readonly eventLoopDelayMs: (interval: Span) => number | null;
}

/**
 * Probes server, client and machine during one window of load: the kernel's TCP counters from now on, so that the
 * warm-up is included; everything else between `start` and `stop`. A process whose id is null is not probed.
 */
export function probeWindow(
  pids: { server: number | null; client: number | null; database: number | null },
  loopDelays: Pick<LoopDelayLog, 'read'>,
) {
  const kernelAtStart = readKernelCounts();
  const begin = () => ({
    atMs: monotonicMs(),
    server: probeResources(pids.server),
    client: probeResources(pids.client),
    database: pids.database === null ? null : probeResources(pids.database),
    host: readHostActivity(),
    throttling: readThrottling(),
  });
  let begun = begin();
  let result: WindowProbeResult | undefined;

  const stop = () => {
    const host = hostActivityBetween(begun.host, readHostActivity());
    const throttling = throttlingBetween(begun.throttling, readThrottling());
    const { resources: server, cpuSamples } = begun.server.stop();
    const { resources: client } = begun.client.stop();
    const database = begun.database?.stop().resources ?? null;
    const kernel = kernelCountsBetween(kernelAtStart, readKernelCounts());
    const serverCpuSeconds = ({ startSeconds, durationSeconds }: Span) =>
      cpuSecondsIn(cpuSamples, startSeconds, startSeconds + durationSeconds);
    const eventLoopDelayMs = eventLoopDelayFrom(begun.atMs, () => loopDelays.read());
    result = {
      server,
      client,
      database,
      host,
      kernel,
      throttling,
      serverCpuSeconds,
      eventLoopDelayMs,
    };
    return result;
  };
  return {
    start() {
      begun.server.stop();
      begun.client.stop();
      begun.database?.stop();
      begun = begin();
    },
    stop,
    readings: () => result ?? stop(),
  };
}

/** Reads the log on first use: by then the window has been drained, and its last delay has been written. */
function eventLoopDelayFrom(windowStartMs: number, read: LoopDelayLog['read']) {
  let delays: ReturnType<typeof read> | undefined;
  return ({ startSeconds, durationSeconds }: Span) => {
    delays ??= read();
    const startMs = windowStartMs + 1000 * startSeconds;
    return loopDelayIn(delays, startMs, startMs + 1000 * durationSeconds);
  };
}
