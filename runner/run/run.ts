import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import type { RunAdditions } from '../../results/document/run-log.ts';
import { plural } from '../../results/format.ts';
import { withWarnings } from '../../results/gates/gates.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { fewestBlocks } from '../../results/verdicts/undecided.ts';
import { applyCalibration } from '../demand/calibratable.ts';
import { calibrateDemand } from '../demand/calibrate.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { WarmGenerator } from '../load/warm-generator.ts';
import { blockSeconds } from '../plan/budget.ts';
import { mostGeneratorProcesses } from '../plan/cpu-layout.ts';
import { type PlannedGroup, planBlocks, whyNotMeasured } from '../plan/plan.ts';
import { availableCpus } from '../probes/cpus.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { checkCustomServers } from './custom-check.ts';
import { type GroupContext, runGroup } from './group.ts';
import { measureClosedLoop } from './measure.ts';
import { Patience, patienceSeconds } from './quiet.ts';
import { stillUndecided } from './rotation.ts';
import { type RunContext, withSession } from './session.ts';
import { StoredRun } from './store.ts';
import { unavailableTrial } from './trial.ts';

const calibrationWarmUp = { warmupSeconds: 0, windowSeconds: 0.5 };

/** What a run begins with. */
type RunBasis = Omit<RunContext, 'generator'>;

/**
 * Runs a plan: blocks of trials until all are done, every comparison is decided or the time is up. Every finished
 * trial is on disk before the next begins.
 *
 * @param document the document of the plan, without trials
 * @param path where the document is written
 * @returns the document in its last state: complete, or interrupted if the signal was aborted
 * @throws RunError if the run cannot go on
 */
export async function runPlan(
  basis: RunBasis,
  document: RunDocument,
  path: string,
): Promise<RunDocument> {
  const stored = await StoredRun.create(document, path);
  try {
    return await stored.end(await runToTheEnd(basis, stored));
  } catch (error) {
    const isSaved = await stored.end('failed').then(
      () => true,
      () => false, // the first failure is the one to report
    );
    if (!(error instanceof RunError)) throw error;
    const { length } = stored.document.trials;
    if (length === 0) throw error;
    const place = isSaved ? path : stored.logPath;
    const trials = `${plural(length, 'finished trial')} ${length === 1 ? 'is' : 'are'}`;
    throw new RunError(`${error.message} ${trials} in ${place}.`);
  }
}

async function runToTheEnd(
  basis: RunBasis,
  stored: StoredRun,
): Promise<'complete' | 'interrupted'> {
  const { cpuLayout } = basis.plan;
  const processes = mostGeneratorProcesses(cpuLayout, availableCpus());
  const generator = new WarmGenerator({ cpus: cpuLayout.clientCpus, processes });
  const context = { ...basis, generator };
  try {
    const plan = await checkCustomServers(context);
    await runBlocks({ ...context, plan }, stored);
    return 'complete';
  } catch (error) {
    if (error instanceof InterruptedError) return 'interrupted';
    throw error;
  } finally {
    await generator.stop();
  }
}

async function runBlocks(context: RunContext, stored: StoredRun): Promise<void> {
  const { plan, emit } = context;
  const startedMs = performance.now();
  const elapsedSeconds = () => (performance.now() - startedMs) / 1000;
  const blocks = planBlocks(plan);
  const secondsOf = (count: number) =>
    sumOf(blocks.slice(0, count).map((_, block) => blockSeconds(plan.workloads, plan, block)));
  const plannedSeconds = secondsOf(blocks.length);
  const { budgetSeconds } = plan;
  const { cpusOnline } = stored.document.environment;
  const firstBlocksSeconds = secondsOf(fewestBlocks);
  const most = patienceSeconds({ budgetSeconds, plannedSeconds, firstBlocksSeconds });
  const patience = new Patience(most, cpusOnline);
  emit({ type: 'run-started', document: stored.document, plannedSeconds, timing: plan });
  if (plan.fairness === 'demand') await calibrate(context, stored);

  /** How long the last group of each workload took. */
  const secondsOfGroup = new Map<string, number>();
  const fits = ({ workload, block }: PlannedGroup): boolean =>
    budgetSeconds === null ||
    block === 0 ||
    elapsedSeconds() + (secondsOfGroup.get(workload.name) ?? 0) <= budgetSeconds;
  for (const [block, groups] of blocks.entries()) {
    const rotation = budgetSeconds === null ? groups : stillUndecided(groups, stored.document);
    if (!rotation.some(fits)) return;
    await stored.add({ noiseProbes: [await probeMachineNoise(block)] });
    for (const group of rotation) {
      if (!fits(group)) continue;
      const before = elapsedSeconds() - patience.spentSeconds;
      await runAndStore({ ...context, patience, cpusOnline }, group, stored);
      secondsOfGroup.set(group.workload.name, elapsedSeconds() - patience.spentSeconds - before);
    }
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

type RunAndPatience = RunContext & Pick<GroupContext, 'patience' | 'cpusOnline'>;

/** Runs the trials of a group, or records why they cannot run. */
async function runAndStore(
  context: RunAndPatience,
  group: PlannedGroup,
  stored: StoredRun,
): Promise<void> {
  const { emit } = context;
  const { document } = stored;
  emit({ type: 'group-started', group });
  const add = async (trials: readonly Trial[], additions: RunAdditions = {}) => {
    if (trials.length === 0) return;
    await stored.add({ ...additions, trials: [...trials] });
    emit({ type: 'group-finished', trials, document });
  };
  const unavailable = group.trials.flatMap((planned) => {
    const reason = whyNotMeasured(planned.server, planned.workload);
    return reason === null ? [] : [unavailableTrial(planned, reason)];
  });
  await add(unavailable);

  const trials = group.trials
    .filter(({ server, workload }) => whyNotMeasured(server, workload) === null)
    .map((planned) => applyCalibration(planned, document.calibratedRequests));
  if (trials.length === 0) return;
  const outcome = await runGroup({ ...context, pilots: document.pilots }, { ...group, trials });
  const pilots = outcome.trials.flatMap(({ pilot }) => pilot ?? []);
  const known = { ...document, pilots: [...document.pilots, ...pilots] };
  await add(
    outcome.trials.map(({ trial }) => withWarnings(trial, known)),
    {
      pilots,
      traces: outcome.trials.flatMap(({ traces }) => traces ?? []),
      disturbances: [...outcome.disturbances],
    },
  );
  const interrupted = outcome.trials.find(({ trial }) => trial.status === 'interrupted');
  if (interrupted) throw new InterruptedError('the run was interrupted');
}
