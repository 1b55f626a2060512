import { startGenerator } from '../load/generator.ts';
import { measureOthersCpuShare } from '../probes/machine-noise.ts';
import { capacity, inStep, sendLag } from './cases/capacity.ts';
import { droppedResponseCases, stoppedGenerator, stoppedServer } from './cases/disturbances.ts';
import { responseTimeCases } from './cases/response-times.ts';
import type { Check } from './check.ts';
import { type CalibrationCase, measureCase } from './rig.ts';

const allCases: readonly CalibrationCase[] = [
  ...responseTimeCases,
  stoppedServer,
  ...droppedResponseCases,
  stoppedGenerator,
  sendLag,
  inStep,
  capacity,
];

/** The result of one case. */
export interface CalibrationOutcome {
  readonly case: string;
  readonly checks: readonly Check[];
  /** The share of CPU time that other programs used meanwhile: they may cause a deviation as well. */
  readonly othersCpuShare: number | null;
}

/**
 * Checks the load generators on servers with known response times, and yields the outcome of each case when it is done;
 * a minute and a half in all. When the signal is aborted, the present case rejects and nothing is left running.
 */
export async function* calibrate(
  signal: AbortSignal,
  cases = allCases,
): AsyncGenerator<CalibrationOutcome> {
  const generator = startGenerator();
  const abort = () => void generator.stop();
  signal.addEventListener('abort', abort);
  try {
    for (const item of cases) {
      signal.throwIfAborted();
      const othersCpuShare = measureOthersCpuShare();
      const checks = await measureCase(item, generator, signal);
      yield { case: item.name, checks, othersCpuShare: othersCpuShare() };
    }
  } finally {
    signal.removeEventListener('abort', abort);
    await generator.stop();
  }
}
