import type { Interval, KernelCounts, Resources } from '../../results/document/run-document.ts';
import { loopDelayIn } from './event-loop-delay.ts';
import { kernelCountsBetween, readKernelCounts } from './machine-counters.ts';
import { cpuSecondsIn, probeResources } from './resources.ts';
import type { ServerProbe, ServerReadings } from './server-window.ts';

/** An interval of a window, counted from the start of the window. */
type Span = Pick<Interval, 'startSeconds' | 'durationSeconds'>;

/** What was measured on both sides of one window of load. */
interface WindowProbeResult extends Omit<ServerReadings, 'seconds' | 'cpuSamples' | 'loopDelays'> {
  readonly client: Resources;
  /** Null without a database whose processes are known. */
  readonly database: Resources | null;
  /** The server's CPU time in an interval of the window. */
  readonly serverCpuSeconds: (interval: Span) => number | null;
  /** The longest delay of any of the server's event loops in an interval of the window. */
  readonly eventLoopDelayMs: (interval: Span) => number | null;
}

/**
 * Probes server and client during one window of load. A process whose id is null is not probed.
 *
 * @param server the server's side, which has begun to count the kernel's TCP events
 */
export function probeWindow(
  server: ServerProbe,
  pids: { client: number | null; database: number | null },
) {
  const kernelAtStart = readKernelCounts();
  const begin = () => ({
    client: probeResources(pids.client),
    database: pids.database === null ? null : probeResources(pids.database),
  });
  let begun = begin();
  let ended: { client: Resources; database: Resources | null; kernel: KernelCounts } | undefined;

  const stop = () => {
    server.stop();
    const { resources: client } = begun.client.stop();
    const database = begun.database?.stop().resources ?? null;
    ended = { client, database, kernel: kernelCountsBetween(kernelAtStart, readKernelCounts()) };
    return ended;
  };
  return {
    start() {
      begun.client.stop();
      begun.database?.stop();
      server.start();
      begun = begin();
    },
    stop,
    async readings(): Promise<WindowProbeResult> {
      const { client, database, kernel } = ended ?? stop();
      const { seconds: _, cpuSamples, loopDelays, ...ofServer } = await server.readings();
      return {
        ...ofServer,
        client,
        database,
        // The client's kernel is the one that sends a connection request again.
        kernel: { ...ofServer.kernel, synRetransmits: kernel.synRetransmits },
        serverCpuSeconds: ({ startSeconds, durationSeconds }) =>
          cpuSecondsIn(cpuSamples, startSeconds, startSeconds + durationSeconds),
        eventLoopDelayMs: ({ startSeconds, durationSeconds }) =>
          loopDelayIn(loopDelays, 1000 * startSeconds, 1000 * (startSeconds + durationSeconds)),
      };
    },
  };
}
