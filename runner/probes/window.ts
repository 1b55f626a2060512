import type {
  HostActivity,
  Interval,
  KernelCounts,
  Resources,
} from '../../results/run-document.ts';
import { hostActivityBetween, readHostActivity } from './host-activity.ts';
import { kernelCountsBetween, readKernelCounts } from './kernel-counters.ts';
import { cpuSecondsIn, probeResources } from './resources.ts';

/** What was read beside one window of load. */
export interface WindowReadings {
  readonly server: Resources;
  readonly client: Resources;
  readonly host: HostActivity;
  readonly kernel: KernelCounts;
  /** The server's CPU time in a part of the window. */
  readonly serverCpuSeconds: (
    interval: Pick<Interval, 'startSeconds' | 'durationSeconds'>,
  ) => number | null;
}

/**
 * Reads all that is to be known beside one window of load: the kernel's counters from now on, the rest between
 * `start` and `stop`. Of a server whose process is not known, nothing is read.
 */
export function probeWindow(serverPid: number | null, clientPid: number | null) {
  const kernelAtFirst = readKernelCounts();
  const begin = () => ({
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
    const serverCpuSeconds = ({
      startSeconds,
      durationSeconds,
    }: Pick<Interval, 'startSeconds' | 'durationSeconds'>) =>
      cpuSecondsIn(cpuSamples, startSeconds, startSeconds + durationSeconds);
    readings = { server, client, host, kernel, serverCpuSeconds };
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
