import type {
  HostActivity,
  KernelCounts,
  Resources,
  Throttling,
} from '../../results/document/run-document.ts';
import { monotonicMs } from '../../servers/kit/runtime.ts';
import { readThrottling, throttlingBetween } from './control-groups.ts';
import type { LoopDelay, LoopDelayLog } from './event-loop-delay.ts';
import {
  hostActivityBetween,
  kernelCountsBetween,
  readHostActivity,
  readKernelCounts,
} from './machine-counters.ts';
import { type CpuSample, probeResources } from './resources.ts';

/** What was measured on the server's machine during one window of load, without functions: it can be sent. */
export interface ServerReadings {
  /** How long the window was there. */
  readonly seconds: number;
  readonly server: Resources;
  /** The server's CPU time; times count from the start of the window. */
  readonly cpuSamples: readonly CpuSample[];
  /** What the server's event loops reported; times count from the start of the window, and may be negative. */
  readonly loopDelays: readonly LoopDelay[];
  readonly host: HostActivity;
  readonly kernel: KernelCounts;
  readonly throttling: Throttling | null;
}

/** Probes a server and its machine during one window of load. */
export interface ServerProbe {
  /** Begins the window: everything but the kernel's TCP counters counts from now on. */
  start(): void;
  stop(): void;
  /** Stops if that was not done; to be read once the window has been drained. */
  readings(): Promise<ServerReadings>;
}

/**
 * Probes a server of this machine: the kernel's TCP counters from now on, so that the warm-up is included; everything
 * else between `start` and `stop`.
 *
 * @param pid null for a server whose processes are unknown
 */
export function probeServer(pid: number | null, log: Pick<LoopDelayLog, 'read'>): ServerProbe {
  const kernelAtStart = readKernelCounts();
  const begin = () => ({
    atMs: monotonicMs(),
    server: probeResources(pid),
    host: readHostActivity(),
    throttling: readThrottling(),
  });
  let begun = begin();
  let ended: Omit<ServerReadings, 'loopDelays'> | undefined;

  const stop = () => {
    const seconds = (monotonicMs() - begun.atMs) / 1000;
    const host = hostActivityBetween(begun.host, readHostActivity());
    const throttling = throttlingBetween(begun.throttling, readThrottling());
    const { resources: server, cpuSamples } = begun.server.stop();
    const kernel = kernelCountsBetween(kernelAtStart, readKernelCounts());
    ended = { seconds, server, cpuSamples, host, kernel, throttling };
    return ended;
  };
  return {
    start() {
      begun.server.stop();
      begun = begin();
    },
    stop,
    // The log is read last: by then, the last delay of the window has been written.
    readings: async () => ({ ...(ended ?? stop()), loopDelays: delaysSince(begun.atMs, log) }),
  };
}

const delaysSince = (startMs: number, log: Pick<LoopDelayLog, 'read'>): LoopDelay[] =>
  log
    .read()
    .filter(({ untilMs }) => untilMs >= startMs)
    .map(({ fromMs, untilMs, longestMs }) => ({
      fromMs: fromMs - startMs,
      untilMs: untilMs - startMs,
      longestMs,
    }));
