import type { Resources } from '../../results/document/run-document.ts';
import { type CpuSnapshot, cpuBetween, readCpuSnapshot, readMemoryBytes } from './process-tree.ts';

const sampleMs = 200;
/** Sampling may take this share of one core: trees of many processes are sampled less often. */
const maxSamplingShare = 0.005;

/** CPU time used so far; both fields are counted from the start of the probe. */
export interface CpuSample {
  readonly atSeconds: number;
  readonly cpuSeconds: number;
}

/** What a tree of processes used while it was probed. */
interface ResourceUse {
  readonly resources: Resources;
  readonly cpuSamples: readonly CpuSample[];
}

export const unknownResources: Resources = {
  cpuSeconds: null,
  runQueueDelaySeconds: null,
  pssBytes: null,
  processes: null,
  threads: null,
  processesReplaced: null,
};

const unknown: ResourceUse = { resources: unknownResources, cpuSamples: [] };

/**
 * Starts measuring a process and all its descendants; `stop` ends that, and reads the memory in use by then. Every field
 * is null where the platform has no /proc.
 */
export function probeResources(pid: number | null): { stop(): ResourceUse } {
  const start = pid === null ? null : readCpuSnapshot(pid);
  if (pid === null || !start) return { stop: () => unknown };
  const startMs = performance.now();
  const cpuSamples: CpuSample[] = [{ atSeconds: 0, cpuSeconds: 0 }];
  const sample = (): CpuSnapshot | null => {
    const snapshot = readCpuSnapshot(pid);
    if (!snapshot) return null;
    const atSeconds = (performance.now() - startMs) / 1000;
    cpuSamples.push({ atSeconds, cpuSeconds: cpuBetween(start, snapshot).cpuSeconds });
    return snapshot;
  };

  let timer = setTimeout(sampleOn, sampleMs).unref();
  function sampleOn(): void {
    const beganMs = performance.now();
    sample();
    const costMs = performance.now() - beganMs;
    timer = setTimeout(sampleOn, Math.max(sampleMs, costMs / maxSamplingShare)).unref();
  }

  return {
    stop() {
      clearTimeout(timer);
      const end = sample();
      return end
        ? { resources: resourcesUsed(start, end), cpuSamples }
        : { ...unknown, cpuSamples };
    },
  };
}

function resourcesUsed(start: CpuSnapshot, end: CpuSnapshot): Resources {
  return {
    ...cpuBetween(start, end),
    pssBytes: readMemoryBytes(end.processes),
    processes: end.processes.length,
    threads: end.threadCount,
    processesReplaced: start.processes.filter((pid) => !end.processes.includes(pid)).length,
  };
}

/**
 * The CPU time used between two times, in seconds from the start of the probe, interpolated linearly between samples.
 * Null without samples.
 */
export function cpuSecondsIn(
  samples: readonly CpuSample[],
  startSeconds: number,
  endSeconds: number,
): number | null {
  const start = cpuSecondsAt(samples, startSeconds);
  const end = cpuSecondsAt(samples, endSeconds);
  return start === null || end === null ? null : Math.max(0, end - start);
}

function cpuSecondsAt(samples: readonly CpuSample[], seconds: number): number | null {
  const next = samples.findIndex(({ atSeconds }) => atSeconds >= seconds);
  const after = samples[next] ?? samples.at(-1);
  const before = next > 0 ? samples[next - 1] : after;
  if (!before || !after) return null;
  const span = after.atSeconds - before.atSeconds;
  const share = span > 0 ? (seconds - before.atSeconds) / span : 0;
  return before.cpuSeconds + share * (after.cpuSeconds - before.cpuSeconds);
}
