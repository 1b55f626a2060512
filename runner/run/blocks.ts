import type { Trial } from '../../results/document/run-document.ts';
import type { RunAdditions } from '../../results/document/run-log.ts';
import { machineOf, withWarnings } from '../../results/gates/gates.ts';
import { fewestBlocks } from '../../results/verdicts/evidence.ts';
import { applyCalibration } from '../demand/calibratable.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { firstBlocksSeconds } from '../plan/block-seconds.ts';
import { type PlannedGroup, type PlannedTrial, planBlocks, whyNotMeasured } from '../plan/plan.ts';
import type { Idle } from '../probes/idle.ts';
import { BlockServers } from './block-servers.ts';
import { curveStep, type GroupContext, runGroup } from './group.ts';
import { launchServer, type RunContext } from './launched-server.ts';
import { LoadCurves } from './load-curves.ts';
import { Patience, patienceSeconds } from './quiet.ts';
import { stillToMeasure, toCompare } from './rotation.ts';
import type { StoredRun } from './store.ts';
import { TimeLimit } from './time-limit.ts';
import { unavailableTrial } from './trial.ts';

/** Steps of a block beside its workloads. */
const [starting, stopping] = ['starting servers', 'stopping servers'];

/**
 * Runs the blocks of a plan until all are done, every comparison is decided or the time is up. A block starts every
 * server, measures them under one workload after the other, and stops them.
 *
 * @param beganMs when the run began, by `performance.now()`
 */
export async function runBlocks(
  context: RunContext,
  stored: StoredRun,
  beganMs: number,
): Promise<void> {
  const { plan, machine, emit } = context;
  const { budgetSeconds } = plan;
  const hostFacts = machineOf(stored.document);
  const patience = new Patience(
    patienceSeconds({
      patientShare: plan.patientShare,
      budgetSeconds,
      plannedSeconds: firstBlocksSeconds(plan.workloads, plan, plan.blocks),
      firstBlocksSeconds: firstBlocksSeconds(plan.workloads, plan, fewestBlocks),
    }),
    hostFacts.cpusOnline,
    (signal) => machine.sampleBusyCores(signal),
  );
  const limit = new TimeLimit(
    budgetSeconds,
    () => (performance.now() - beganMs) / 1000,
    () => patience.spentSeconds,
  );
  const servers = new BlockServers((server) => launchServer(context, server));
  const curves = new LoadCurves(plan.curve);
  const idle = new Map<string, Idle>();
  const groupContext = { ...context, servers, patience, hostFacts, idle, curves, limit };
  const timing = { plan, limit, curves, aroundSteps: [starting, stopping] };
  const stepOf = ({ workload, trials }: PlannedGroup) =>
    trials.every(({ curveOnly }) => curveOnly) ? curveStep(workload.name) : workload.name;
  for (const [block, groups] of planBlocks(plan).entries()) {
    curves.refine(stored.document);
    const rotation =
      budgetSeconds === null
        ? groups
        : stillToMeasure(groups, toCompare(stored.document, block, timing), curves);
    const begun = rotation.filter(
      (group) => block === 0 || limit.allows(starting, stepOf(group), stopping),
    );
    if (begun.length === 0) return;
    await stored.add({ noiseProbes: [await machine.probeNoise(block)] });
    emit({ type: 'block-started', block });
    const uses = begun.flatMap(({ trials }) => trials).filter(isAvailable);
    try {
      await limit.time(starting, () => servers.start(uses));
      if (block === 0 && plan.predictions) {
        await Promise.all(
          (await servers.running()).map(async ({ server, running }) => {
            const found = await running.processes.measureIdle();
            if (found) idle.set(server.name, found);
          }),
        );
      }
      for (const group of begun) {
        if (block > 0 && !limit.allows(stepOf(group), stopping)) continue;
        await runAndStore(groupContext, group, stored);
      }
    } finally {
      emit({ type: 'phase', phase: 'stopping' });
      await limit.time(stopping, () => servers.stopAll());
    }
  }
}

const isAvailable = ({ server, workload }: PlannedTrial) =>
  whyNotMeasured(server, workload) === null;

/** Runs the trials of a group, or records why they cannot run. */
async function runAndStore(
  context: Omit<GroupContext, 'pilots'>,
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
    .filter(isAvailable)
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
  if (context.generator.failure !== null) throw new RunError(`${context.generator.failure}.`);
}
