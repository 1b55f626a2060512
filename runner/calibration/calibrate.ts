import { startGenerator } from '../load/generator.ts';
import { measureOthersCpuShare } from '../probes/machine-noise.ts';
import { capacity } from './cases/capacity.ts';
import type { CalibrationCase } from './cases/case.ts';
import { constantDelay } from './cases/constant-delay.ts';
import { droppedRepliesCases } from './cases/dropped-replies.ts';
import { exponentialQueue } from './cases/exponential-queue.ts';
import { periodicStall } from './cases/periodic-stall.ts';
import { sendLag } from './cases/send-lag.ts';
import { stoppedGenerator } from './cases/stopped-generator.ts';
import { stoppedServer } from './cases/stopped-server.ts';
import { twoModes } from './cases/two-modes.ts';
import { withRig } from './rig.ts';
import type { CalibrationRow } from './row.ts';

const calibrationCases: readonly CalibrationCase[] = [
  constantDelay,
  periodicStall,
  exponentialQueue,
  twoModes,
  stoppedServer,
  ...droppedRepliesCases,
  stoppedGenerator,
  sendLag,
  capacity,
];

/** What was read in one case. */
export interface CalibrationOutcome {
  readonly case: string;
  readonly rows: readonly CalibrationRow[];
  /** How much of the machine others used meanwhile: readings of a host that isn't quiet say little. */
  readonly othersCpuShare: number | null;
}

/**
 * Tries the load generators on servers whose response times are known beforehand; gives each case's outcome when
 * it is done. A minute and a half in all. When the signal is aborted, the case under way rejects and nothing is left running.
 */
export async function* calibrate(
  options: { readonly cases?: readonly CalibrationCase[]; readonly signal?: AbortSignal } = {},
): AsyncGenerator<CalibrationOutcome> {
  const { cases = calibrationCases, signal } = options;
  const generator = startGenerator();
  const abort = () => void generator.stop();
  signal?.addEventListener('abort', abort);
  try {
    for (const item of cases) {
      signal?.throwIfAborted();
      const othersCpuShare = measureOthersCpuShare();
      const rows = await withRig(item.behaviour, generator, signal, (rig) => item.measure(rig));
      yield { case: item.name, rows, othersCpuShare: othersCpuShare() };
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await generator.stop();
  }
}
