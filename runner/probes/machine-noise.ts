import type { NoiseProbe } from '../../results/document/run-document.ts';
import { hostActivityBetween, readHostActivity } from './host-activity.ts';
import { readCpuPressure } from './pressure.ts';

const repetitions = 11;
const spinLoops = 1_000_000;
/** With the computing, a tenth of a second in all: one time slice that someone waits for is not much of it. */
const pauseMs = 8;

/** How fast and how quiet the machine is now: a fixed computation, timed, and what the kernel says of pressure meanwhile. */
export async function probeMachineNoise(block: number): Promise<NoiseProbe> {
  const pressureBefore = readCpuPressure();
  const hostBefore = readHostActivity();
  const beganMs = performance.now();
  const spinsMs: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    spinsMs.push(timeSpinMs());
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const seconds = (performance.now() - beganMs) / 1000;
  const pressureAfter = readCpuPressure();
  const { stealSeconds } = hostActivityBetween(hostBefore, readHostActivity());
  const share = (part: number | null) =>
    part === null ? null : Math.min(1, Math.max(0, part / seconds));
  return {
    block,
    referenceLoopMs: spinsMs.toSorted((a, b) => a - b)[Math.floor(repetitions / 2)] ?? Number.NaN,
    cpuPressureShare: share(
      pressureBefore && pressureAfter
        ? pressureAfter.someSeconds - pressureBefore.someSeconds
        : null,
    ),
    stealShare: share(stealSeconds),
  };
}

function timeSpinMs(): number {
  const beganMs = performance.now();
  let state = 1;
  for (let loop = 0; loop < spinLoops; loop++)
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  // The result is used, or the loop could be optimised away.
  return performance.now() - beganMs + (state === 0 ? Number.MIN_VALUE : 0);
}
