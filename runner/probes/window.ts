import type {
  HostActivity,
  Interval,
  KernelCounts,
  Resources,
} from '../../results/document/run-document.ts';
import { monotonicMs } from '../../servers/kit/monotonic-ms.ts';
import { type LoopDelayLog, loopDelayIn } from './event-loop-delay.ts';
import { hostActivityBetween, readHostActivity } from './host-activity.ts';
import { kernelCountsBetween, readKernelCounts } from './kernel-counters.ts';
import { cpuSecondsIn, probeResources } from './resources.ts';

/** A stretch of a window, both counted from its start. */
type Part = Pick<Interval, 'startSeconds' | 'durationSeconds'>;

/** What was read beside one window of load. */
export interface WindowReadings {
  readonly server: Resources;
  readonly client: Resources;
  readonly host: HostActivity;
  readonly kernel: KernelCounts;
  /** The server's CPU time in a part of the window. */
  readonly serverCpuSeconds: (part: Part) => number | null;
  /** The longest that an event loop of the server was late in a part of the window. */
  readonly eventLoopDelayMs: (part: Part) => number | null;
}

/**
 * Reads all that is to be known beside one window of load: the kernel's counters from now on, the rest between
 * `start` and `stop`. Of a server whose process is not known, nothing is read.
 */
export function probeWindow(
  serverPid: number | null,
  clientPid: number | null,
  loopDelays: Pick<LoopDelayLog, 'read'>,
) {
  const kernelAtFirst = readKernelCounts();
  const begin = () => ({
    atMs: monotonicMs(),
    server: probeResources(serverPid),
    client: probeResources(clientPid),
    host: readHostActivity(),
  });
  let begun = begin();
  let readings: WindowReadings | undefined;

  const stop = () => {
    const host = hostActivityBetween(begun.host, readHostActivity());
    const { resources: server, cpuSamples } = begun.server.stop();
    const { resources: client } = begun.client.stop();
    const kernel = kernelCountsBetween(kernelAtFirst, readKernelCounts());
    const serverCpuSeconds = ({ startSeconds, durationSeconds }: Part) =>
      cpuSecondsIn(cpuSamples, startSeconds, startSeconds + durationSeconds);
    const eventLoopDelayMs = eventLoopDelayFrom(begun.atMs, () => loopDelays.read());
    readings = { server, client, host, kernel, serverCpuSeconds, eventLoopDelayMs };
    return readings;
  };
  return {
    start() {
      begun.server.stop();
      begun.client.stop();
      begun = begin();
    },
    stop,
    readings: () => readings ?? stop(),
  };
}

/** Reads the log when it is first asked for: by then the window has been drained, and the last delay in it told. */
function eventLoopDelayFrom(windowStartMs: number, read: LoopDelayLog['read']) {
  let delays: ReturnType<typeof read> | undefined;
  return ({ startSeconds, durationSeconds }: Part) => {
    delays ??= read();
    const startMs = windowStartMs + 1000 * startSeconds;
    return loopDelayIn(delays, startMs, startMs + 1000 * durationSeconds);
  };
}
