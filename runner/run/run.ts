import type { RunDocument } from '../../results/document/run-document.ts';
import { withWarnings } from '../../results/gates/gates.ts';
import { isNarrowEnough } from '../../results/verdicts/decide.ts';
import { applyCalibration } from '../demand/calibratable.ts';
import { calibrateDemand } from '../demand/calibrate.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { trialSeconds } from '../plan/budget.ts';
import { type PlannedTrial, planBlocks, whyUnavailable } from '../plan/plan.ts';
import { sharedRate } from '../plan/trial-load.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { checkCustomServers } from './custom-check.ts';
import { measureClosedLoop } from './measure.ts';
import { type RunContext, withSession } from './session.ts';
import { StoredRun } from './store.ts';
import { runTrial, unavailableTrial } from './trial.ts';

const calibrationWarmUp = { warmupSeconds: 0, windowSeconds: 0.5 };

/**
 * Runs a plan: blocks of trials until all are done, the intervals are narrow enough or the time is up. Every finished
 * trial is on disk before the next begins.
 *
 * @param document the document of the plan, without trials
 * @param path where the document is written
 * @returns the document in its last state: complete, or interrupted if the signal was aborted
 * @throws RunError if the run cannot go on
 */
export async function runPlan(
  context: RunContext,
  document: RunDocument,
  path: string,
): Promise<RunDocument> {
  const stored = await StoredRun.create(document, path);
  try {
    const plan = await checkCustomServers(context);
    await runBlocks({ ...context, plan }, stored);
    return await stored.end('complete');
  } catch (error) {
    if (error instanceof InterruptedError) return await stored.end('interrupted');
    await stored.end('failed').catch(() => {}); // the first failure is the one to report
    if (!(error instanceof RunError)) throw error;
    const { length } = stored.document.trials;
    throw new RunError(
      length === 0 ? error.message : `${error.message} ${length} finished trials are in ${path}.`,
    );
  }
}

async function runBlocks(context: RunContext, stored: StoredRun): Promise<void> {
  const { plan, signal, emit } = context;
  const startedMs = performance.now();
  const elapsedSeconds = () => (performance.now() - startedMs) / 1000;
  const blocks = planBlocks(plan);
  const plannedSeconds = blocks
    .flat()
    .map((trial) => (trial.server.unavailable ? 0 : trialSeconds(trial, plan)));
  const { budgetSeconds } = plan;
  emit({ type: 'run-started', document: stored.document, plannedSeconds, budgetSeconds });
  if (plan.fairness === 'demand') await calibrate(context, stored);

  let longestBlockSeconds = 0;
  for (const [block, trials] of blocks.entries()) {
    const startedSeconds = elapsedSeconds();
    if (budgetSeconds !== null && block > 0) {
      if (startedSeconds + longestBlockSeconds > budgetSeconds) return;
      if (isNarrowEnough(stored.document)) return;
    }
    await stored.add({ noiseProbes: [await probeMachineNoise(block)] });
    for (const trial of trials) {
      if (signal.aborted) throw new InterruptedError('the run was interrupted');
      await runAndStore(context, trial, stored);
    }
    longestBlockSeconds = Math.max(longestBlockSeconds, elapsedSeconds() - startedSeconds);
  }
}

async function calibrate(context: RunContext, stored: StoredRun): Promise<void> {
  const { plan, emit } = context;
  const quiet = { ...context, emit: () => undefined };
  const calibratedRequests = await calibrateDemand(
    plan,
    (server, workload, work) => {
      emit({ type: 'calibrating', server: server.name });
      return withSession(quiet, { server, workload, block: 0 }, async (session) => {
        // All workers have answered many requests before their cost is read.
        await measureClosedLoop(session, calibrationWarmUp);
        await work(session.running);
      });
    },
    (demand) => emit({ type: 'calibrated', demand }),
  );
  await stored.add({ calibratedRequests });
}

/** Runs a trial, or records why it cannot run. */
async function runAndStore(
  context: RunContext,
  planned: PlannedTrial,
  stored: StoredRun,
): Promise<void> {
  const { plan, emit } = context;
  const { document } = stored;
  const reason = whyUnavailable(planned.server);
  if (reason !== null) {
    const trial = unavailableTrial(planned, reason);
    await stored.add({ trials: [trial] });
    emit({ type: 'trial-finished', trial });
    return;
  }
  emit({ type: 'trial-started', trial: planned });
  const rate = sharedRate(planned.workload.name, document.pilots, plan.ratePerSecond);
  const calibrated = applyCalibration(planned, document.calibratedRequests);
  const outcome = await runTrial(context, calibrated, rate);
  const { pilot, traces } = outcome.pilotResult ?? {};
  const pilots = pilot ? [pilot] : [];
  const trial = withWarnings(outcome.trial, {
    ...document,
    pilots: [...document.pilots, ...pilots],
  });
  await stored.add({ trials: [trial], pilots, traces: traces ? [traces] : [] });
  emit({ type: 'trial-finished', trial });
  if (trial.status === 'interrupted') throw new InterruptedError(trial.reason);
}
