import type { RunDocument } from '../results/run-document.ts';
import { InterruptedError } from './errors.ts';
import { orderTrials, type Plan } from './plan.ts';
import type { Tell } from './run-event.ts';
import { writeAtomically } from './run-store.ts';
import { runTrial } from './trial.ts';

/**
 * Runs every trial of a plan, one after the other, and writes the document after each: whatever happens
 * later, what was measured is on disk.
 *
 * @param document the plan's document without trials
 * @param path where the document is kept
 * @returns the document in its last state: complete, or interrupted when the signal was aborted
 */
export async function runPlan(
  plan: Plan,
  document: RunDocument,
  path: string,
  signal: AbortSignal,
  tell: Tell,
): Promise<RunDocument> {
  const trials = orderTrials(plan);
  let current = document;
  const save = async (change: Partial<RunDocument>) => {
    current = { ...current, ...change };
    await writeAtomically(path, `${JSON.stringify(current)}\n`);
  };

  await save({});
  tell({ type: 'run-started', document: current, trials: trials.length });
  try {
    for (const [index, planned] of trials.entries()) {
      tell({ type: 'trial-started', trial: planned, index });
      const trial = await runTrial(planned, plan, signal, tell);
      await save({ trials: [...current.trials, trial] });
      tell({ type: 'trial-finished', trial, index });
    }
    await save({ status: 'complete', finishedAt: new Date().toISOString() });
  } catch (error) {
    const status = error instanceof InterruptedError ? 'interrupted' : 'failed';
    await save({ status, finishedAt: new Date().toISOString() });
    if (!(error instanceof InterruptedError)) throw error;
  }
  return current;
}
