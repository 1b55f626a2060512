import { type RunDocument, runDocumentSchema } from '../../results/document/run-document.ts';
import { withWarnings } from '../../results/gates/gates.ts';
import { isNarrowEnough } from '../../results/verdicts/decide.ts';
import { applyCalibration } from '../demand/apply-calibration.ts';
import { calibrateDemands } from '../demand/calibrate-demands.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { writeAtomically } from '../files.ts';
import { type Availabilities, whyUnavailable } from '../plan/availability.ts';
import { type Plan, type PlannedTrial, planBlocks } from '../plan/plan.ts';
import { sharedRate } from '../plan/rates.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { plannedSeconds } from './planned-seconds.ts';
import type { RunListener } from './run-event.ts';
import { runTrial, skippedTrial } from './trial.ts';

/** A document that is valid, and on disk, whenever it has changed. */
class StoredDocument {
  current: RunDocument;
  readonly #path: string;

  constructor(document: RunDocument, path: string) {
    this.current = document;
    this.#path = path;
  }

  async change(change: Partial<RunDocument>): Promise<void> {
    const next = runDocumentSchema.parse({ ...this.current, ...change });
    await writeAtomically(this.#path, `${JSON.stringify(next)}\n`);
    this.current = next;
  }
}

/**
 * Runs a plan: blocks of trials until all are done, the intervals are narrow enough or the time is used up. The document is written after every step: whatever happens later, what was measured is on disk.
 *
 * @param document the plan's document, without trials
 * @param path where the document is kept
 * @returns the document in its last state: complete, or interrupted when the signal was aborted
 */
export async function runPlan(
  plan: Plan,
  availabilities: Availabilities,
  document: RunDocument,
  path: string,
  signal: AbortSignal,
  emit: RunListener,
): Promise<RunDocument> {
  const stored = new StoredDocument(document, path);
  const end = (status: RunDocument['status']) =>
    stored.change({ status, finishedAt: new Date().toISOString() });
  await stored.change({});
  try {
    await conductRun(plan, availabilities, stored, signal, emit);
    await end('complete');
  } catch (error) {
    if (!(error instanceof InterruptedError)) {
      await end('failed').catch(() => {}); // what went wrong first is what is told
      if (!(error instanceof RunError)) throw error;
      const kept = stored.current.trials.length;
      throw new RunError(`${error.message} ${kept} finished trials are kept in ${path}.`);
    }
    await end('interrupted');
  }
  return stored.current;
}

async function conductRun(
  plan: Plan,
  availabilities: Availabilities,
  stored: StoredDocument,
  signal: AbortSignal,
  emit: RunListener,
) {
  const startedMs = performance.now();
  const elapsedSeconds = () => (performance.now() - startedMs) / 1000;
  const blocks = planBlocks(plan);
  emit({
    type: 'run-started',
    document: stored.current,
    plannedSeconds: blocks
      .flat()
      .map((trial) =>
        whyUnavailable(availabilities, trial.server.server.name) === null
          ? plannedSeconds(plan, trial)
          : 0,
      ),
    budgetSeconds: plan.budgetSeconds,
  });

  if (plan.fairness === 'demand') {
    await stored.change({
      calibratedRequests: await calibrateDemands(plan, availabilities, signal, emit),
    });
  }

  let longestBlockSeconds = 0;
  for (const [block, trials] of blocks.entries()) {
    const begunSeconds = elapsedSeconds();
    if (plan.budgetSeconds !== null && block > 0) {
      if (begunSeconds + longestBlockSeconds > plan.budgetSeconds) return;
      if (isNarrowEnough(stored.current)) return;
    }
    await stored.change({
      noiseProbes: [...stored.current.noiseProbes, await probeMachineNoise(block)],
    });
    for (const planned of trials.map((trial) =>
      applyCalibration(trial, stored.current.calibratedRequests),
    )) {
      if (signal.aborted) throw new InterruptedError('the run was interrupted');
      const reason = whyUnavailable(availabilities, planned.server.server.name);
      if (reason === null) await conductTrial(planned, plan, stored, signal, emit);
      else await skipTrial(planned, reason, stored, emit);
    }
    longestBlockSeconds = Math.max(longestBlockSeconds, elapsedSeconds() - begunSeconds);
  }
}

async function conductTrial(
  planned: PlannedTrial,
  plan: Plan,
  stored: StoredDocument,
  signal: AbortSignal,
  emit: RunListener,
) {
  emit({ type: 'trial-started', trial: planned });
  const { workload } = planned;
  const { pilots, traces } = stored.current;
  const sharedPerSecond = sharedRate(workload.workload.name, pilots, plan.ratePerSecond);

  const { trial, pilotResult } = await runTrial(planned, plan, sharedPerSecond, signal, emit);
  const known = pilotResult ? [...pilots, pilotResult.pilot] : pilots;
  await stored.change({
    pilots: known,
    traces: pilotResult?.traces ? [...traces, pilotResult.traces] : traces,
    trials: [...stored.current.trials, withWarnings(trial, { ...stored.current, pilots: known })],
  });
  emit({ type: 'trial-finished', trial: stored.current.trials.at(-1) ?? trial });
  if (trial.status === 'interrupted') throw new InterruptedError(trial.reason);
}

async function skipTrial(
  planned: PlannedTrial,
  reason: string,
  stored: StoredDocument,
  emit: RunListener,
) {
  const trial = skippedTrial(planned, reason);
  await stored.change({ trials: [...stored.current.trials, trial] });
  emit({ type: 'trial-finished', trial });
}
