import type { Resources } from '../../results/document/run-document.ts';
import { type CpuSnapshot, cpuBetween, readCpuSnapshot } from './cpu-time.ts';
import { readPssBytes } from './memory.ts';

const sampleMs = 200;
/** Sampling takes at most this share of a core: many processes are sampled more seldom. */
const largestShare = 0.005;

/** The CPU time used up to a moment, both counted from the probe's start. */
export interface CpuSample {
  readonly atSeconds: number;
  readonly cpuSeconds: number;
}

/** What a tree of processes used while it was probed. */
export interface ResourceUse {
  readonly resources: Resources;
  readonly cpuSamples: readonly CpuSample[];
}

export interface ResourceProbe {
  /** Ends the probe and reads the memory in use now. */
  stop(): ResourceUse;
}

const nothing: ResourceUse = {
  resources: {
    cpuSeconds: null,
    runQueueDelaySeconds: null,
    pssBytes: null,
    processes: null,
    threads: null,
    processesReplaced: null,
  },
  cpuSamples: [],
};

/** Watches a process and all that descend from it, from now on. Where the platform doesn't emit, all is null. */
export function probeResources(pid: number | null): ResourceProbe {
  const start = pid === null ? null : readCpuSnapshot(pid);
  if (pid === null || !start) return { stop: () => nothing };
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
    timer = setTimeout(sampleOn, Math.max(sampleMs, costMs / largestShare)).unref();
  }

  return {
    stop() {
      clearTimeout(timer);
      const end = sample();
      return end
        ? { resources: resourcesUsed(start, end), cpuSamples }
        : { ...nothing, cpuSamples };
    },
  };
}

function resourcesUsed(start: CpuSnapshot, end: CpuSnapshot): Resources {
  return {
    ...cpuBetween(start, end),
    pssBytes: readPssBytes(end.processes),
    processes: end.processes.length,
    threads: end.threadCount,
    processesReplaced: start.processes.filter((pid) => !end.processes.includes(pid)).length,
  };
}

/**
 * The CPU time used in a stretch, both ends in seconds from the probe's start; between samples it is taken to
 * have been used evenly. Null where nothing was sampled.
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
