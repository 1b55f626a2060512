import { rm } from 'node:fs/promises';
import type { RunDocument } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { calibrateDemand } from '../demand/calibrate.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { type RunGenerator, WarmGenerator } from '../load/warm-generator.ts';
import { LoadWorkers } from '../load/workers/load-workers.ts';
import { firstBlocksSeconds } from '../plan/block-seconds.ts';
import { mostGeneratorProcesses } from '../plan/cpu-layout.ts';
import { availableCpus } from '../probes/cpus.ts';
import { runBlocks } from './blocks.ts';
import type { RunContext } from './launched-server.ts';
import { measureClosedLoop } from './measure.ts';
import { checkOwnCode } from './own-code-check.ts';
import { RunDatabase } from './run-database.ts';
import { withSession } from './session.ts';
import { StoredRun } from './store.ts';

const calibrationWarmUp = { warmupSeconds: 0, windowSeconds: 0.5 };

/** What a run begins with. */
type RunBasis = Omit<RunContext, 'generator' | 'database'>;

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
  const { machine } = basis;
  const signal = AbortSignal.any([basis.signal, machine.lost]);
  try {
    return await stored.end(await runToTheEnd({ ...basis, signal }, stored));
  } catch (error) {
    const isSaved = await stored.end('failed').then(
      () => true,
      () => false, // the first failure is the one to report
    );
    if (!(error instanceof RunError)) throw error;
    const { length } = stored.document.trials;
    if (length === 0) {
      // Nothing is lost, and the same command can be tried again.
      await rm(path, { force: true });
      throw error;
    }
    const place = isSaved ? path : stored.logPath;
    const trials = `${plural(length, 'finished trial')} ${length === 1 ? 'is' : 'are'}`;
    throw new RunError(`${error.message} ${trials} in ${place}.`);
  }
}

async function runToTheEnd(
  basis: RunBasis,
  stored: StoredRun,
): Promise<'complete' | 'interrupted'> {
  const { plan: planned } = basis;
  const database = new RunDatabase(planned.database, planned.cpuLayout.serverCpus);
  let generator: RunGenerator | undefined;
  try {
    generator = await startGenerator(basis);
    const context = { ...basis, generator, database };
    const plan = await checkOwnCode(context);
    await measurePlan({ ...context, plan }, stored);
    return 'complete';
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    basis.machine.lost.throwIfAborted();
    return 'interrupted';
  } finally {
    await generator?.stop();
    reportLeft(await database.stop());
  }
}

async function startGenerator({ plan, signal, emit }: RunBasis): Promise<RunGenerator> {
  const { loadWorkers, cpuLayout } = plan;
  if (!loadWorkers) {
    const processes = mostGeneratorProcesses(cpuLayout, availableCpus());
    return new WarmGenerator({ cpus: cpuLayout.clientCpus, processes });
  }
  emit({ type: 'waiting-for-load-workers', ...loadWorkers });
  const onJoined = ({ name, cpus }: { name: string; cpus: number }) =>
    emit({ type: 'load-worker-joined', name, cpus });
  const onMissing = (missing: { present: number; withinMs: number }) =>
    emit({ type: 'load-workers-missing', count: loadWorkers.count, ...missing });
  return LoadWorkers.open(loadWorkers, { signal, onJoined, onMissing }).catch((error: unknown) => {
    throw signal.aborted ? new InterruptedError('the run was interrupted') : error;
  });
}

async function measurePlan(context: RunContext, stored: StoredRun): Promise<void> {
  const { plan, emit } = context;
  const beganMs = performance.now();
  const plannedSeconds = firstBlocksSeconds(plan.workloads, plan, plan.blocks);
  emit({ type: 'run-started', document: stored.document, plannedSeconds, timing: plan });
  if (plan.fairness === 'demand') await calibrate(context, stored);
  await runBlocks(context, stored, beganMs);
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

/** A schema in the user's own database that could not be dropped is for the user to know. */
function reportLeft(schemas: ReadonlyMap<string, string>): void {
  for (const [name, reason] of schemas) {
    process.stderr.write(
      `bench: left in the database: DROP SCHEMA ${name} CASCADE failed (${reason})\n`,
    );
  }
}
