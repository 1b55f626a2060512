import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { RunDocument } from '../../results/document/run-document.ts';
import { percent } from '../../results/format.ts';
import { seededRandom } from '../../results/statistics/random.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { probeResources } from '../../runner/probes/resources.ts';
import { loadSaved, save } from './program.ts';
import { type BenchmarkRun, run, secondsOf } from './run.ts';

/** A clause for a page. */
export const burstsDescription =
  'another program takes one core for 20–40 % of the time, in bursts of 2–10 s';

interface PlannedBurst {
  /** Before the burst, and as long again after it. */
  readonly restMs: number;
  readonly busyMs: number;
}

/** Bursts of 2–10 s, with rests around each, which fill 20–40 % of the time; endless. */
export function* planBursts(seed: number): Generator<PlannedBurst, never> {
  const random = seededRandom(seed, 'bursts');
  const between = (low: number, high: number) => low + random() * (high - low);
  for (;;) {
    const busyMs = between(2_000, 10_000);
    yield { restMs: (busyMs / between(0.2, 0.4) - busyMs) / 2, busyMs };
  }
}

/** `cpuSeconds` is the CPU time that the other program got. */
const burstSchema = z.object({
  startSeconds: z.number(),
  seconds: z.number(),
  cpuSeconds: z.number().nullable(),
});
type Burst = z.infer<typeof burstSchema>;

const burstsName = (runName: string) => `${runName}-bursts`;

/** A run, during which another program computes in bursts; they are saved beside the run. */
export async function runDisturbed(wanted: BenchmarkRun): Promise<RunDocument> {
  const ending = new AbortController();
  const bursts = disturbUntil(ending.signal, Number(wanted.flags.seed));
  bursts.catch(() => {}); // reported when the run is over
  try {
    return await run(wanted);
  } finally {
    ending.abort();
    await save(burstsName(wanted.name), await bursts);
  }
}

/** "28 % (22 %)": the share of a run's time in which the other program ran, and the CPU time that it got. */
export async function burstsInWords(runName: string, document: RunDocument): Promise<string> {
  const text = await loadSaved(burstsName(runName));
  const bursts = z.array(burstSchema).parse(JSON.parse(text ?? '[]'));
  const share = (seconds: number) => percent(seconds / secondsOf(document));
  const cpuSeconds = sumOf(bursts.map((burst) => burst.cpuSeconds ?? Number.NaN));
  return `${share(sumOf(bursts.map(({ seconds }) => seconds)))} (${share(cpuSeconds)})`;
}

async function disturbUntil(signal: AbortSignal, seed: number): Promise<Burst[]> {
  const bursts: Burst[] = [];
  const beganMs = performance.now();
  for (const { restMs, busyMs } of planBursts(seed)) {
    await wait(restMs, signal);
    if (signal.aborted) break;
    const startSeconds = (performance.now() - beganMs) / 1000;
    const burst = { startSeconds, ...(await computeElsewhere(busyMs, signal)) };
    console.log(`${startSeconds.toFixed(0)} s: a core was taken for ${burst.seconds.toFixed(1)} s`);
    bursts.push(burst);
    await wait(restMs, signal);
  }
  return bursts;
}

/** Ends early when the signal does. */
const wait = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => {});

/**
 * Lets a process compute, on any core with normal priority. Its parent ends at once: descendants of this process would
 * count as part of the run, not as another program.
 */
async function computeElsewhere(
  ms: number,
  signal: AbortSignal,
): Promise<Omit<Burst, 'startSeconds'>> {
  const beganMs = performance.now();
  // Ends by itself soon after, whatever happens to this process.
  const spin = `const end = Date.now() + ${ms + 5_000}; while (Date.now() < end);`;
  const words = ['-c', '"$@" > /dev/null 2>&1 & echo $!', 'burst', process.execPath, '-e', spin];
  const { stdout } = await promisify(execFile)('/bin/sh', words);
  const pid = Number(stdout);
  const probe = probeResources(pid);
  await wait(ms, signal);
  const { cpuSeconds } = probe.stop().resources;
  process.kill(pid, 'SIGKILL');
  return { seconds: (performance.now() - beganMs) / 1000, cpuSeconds };
}
