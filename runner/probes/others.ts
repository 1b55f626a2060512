import { cpus } from 'node:os';
import { hostActivityBetween, readHostActivity } from './host-activity.ts';
import { probeResources } from './resources.ts';

/**
 * Watches from now on how much of the machine is used by processes other than this one and its descendants, or
 * by other guests of the same host.
 *
 * @returns a function that gives the share of all CPU time since, and ends the watch; null where it isn't known
 */
export function watchOthers(): () => number | null {
  const startMs = performance.now();
  const atFirst = readHostActivity();
  const ours = probeResources(process.pid);
  return () => {
    const { busyCpuSeconds, stealSeconds } = hostActivityBetween(atFirst, readHostActivity());
    const { cpuSeconds } = ours.stop().resources;
    if (busyCpuSeconds === null || stealSeconds === null || cpuSeconds === null) return null;
    const available = (cpus().length * (performance.now() - startMs)) / 1000;
    return Math.min(1, Math.max(0, (busyCpuSeconds + stealSeconds - cpuSeconds) / available));
  };
}
