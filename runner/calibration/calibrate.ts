import { measureOthersCpuShare } from '../probes/machine-noise.ts';
import { capacity, inStep, sendLag } from './cases/capacity.ts';
import { droppedResponseCases, stoppedGenerator, stoppedServer } from './cases/disturbances.ts';
import { responseTimeCases } from './cases/response-times.ts';
import type { Check } from './check.ts';
import { type CalibrationCase, type Instrument, measureCase } from './rig.ts';

/** The cases that do not depend on where the load comes from. */
export const casesOfLoadWorkers: readonly CalibrationCase[] = [
  ...responseTimeCases,
  stoppedServer,
  ...droppedResponseCases,
  sendLag,
  inStep,
];

export const allCases: readonly CalibrationCase[] = [
  ...casesOfLoadWorkers,
  stoppedGenerator,
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
 * Checks load generators on servers with known response times, and yields the outcome of each case when it is done; a
 * minute and a half in all. When the signal is aborted, or the generator is stopped, the present case rejects.
 */
export async function* calibrate(
  instrument: Instrument,
  cases: readonly CalibrationCase[],
  signal: AbortSignal,
): AsyncGenerator<CalibrationOutcome> {
  for (const item of cases) {
    signal.throwIfAborted();
    const othersCpuShare = measureOthersCpuShare();
    const checks = await measureCase(item, instrument, signal);
    yield { case: item.name, checks, othersCpuShare: othersCpuShare() };
  }
}
