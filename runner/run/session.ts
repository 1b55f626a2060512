import { DatabaseError } from '../../servers/database/database.ts';
import { DatabaseFailedError } from '../errors.ts';
import type { ConfiguredServer, ConfiguredWorkload } from '../plan/plan.ts';
import { withSecrets } from '../plan/request-workload.ts';
import { loadSeedOf } from '../plan/trial-load.ts';
import { type LaunchedServer, launchServer, type RunContext } from './launched-server.ts';
import { verifyAnswers, WrongAnswerError } from './verify.ts';

/** A server that runs, with correct answers to a workload. */
export interface Session extends Omit<RunContext, 'database'>, LaunchedServer {
  readonly workload: ConfiguredWorkload;
  /** Seed of the arrivals: the same for every server of a block, different in each block. */
  readonly loadSeed: number;
}

/** What a session is for. */
interface SessionPurpose {
  readonly workload: ConfiguredWorkload;
  readonly block: number;
}

/**
 * Checks a server's answers to a workload.
 *
 * @throws RunError if the server gives a wrong answer or dies
 * @throws DatabaseFailedError if the workload needs the database, and the database fails
 * @throws InterruptedError if the run is interrupted
 */
export async function openSession(
  context: RunContext,
  launched: LaunchedServer,
  { workload: planned, block }: SessionPurpose,
): Promise<Session> {
  const isCustom = planned.definition === null;
  const workload = isCustom ? { ...planned, classes: planned.classes.map(withSecrets) } : planned;
  const { plan, signal, emit } = context;
  const { database } = launched;
  emit({ type: 'phase', phase: 'checking' });
  const seed = workload.definition?.database;
  const during: LaunchedServer['during'] = (work) => {
    if (seed === undefined || !database) return launched.during(work);
    const blamed = work.catch(async (error: unknown) => {
      await database.check();
      throw error instanceof DatabaseError ? new DatabaseFailedError(error.message) : error;
    });
    return launched.during(Promise.race([blamed, database.failure]));
  };
  if (seed !== undefined && database) await during(database.schema.restore(seed));
  const { running } = launched;
  await during(
    verifyAnswers(running, workload.classes, signal).catch(async (error: unknown) => {
      throw error instanceof WrongAnswerError
        ? error.withOutput(await running.outputTail())
        : error;
    }),
  );
  const loadSeed = loadSeedOf(plan.seed, workload.name, block);
  return { ...context, ...launched, during, workload, loadSeed };
}

/** Starts a server of its own for a session, works with it, and stops it. */
export async function withSession<Result>(
  context: RunContext,
  { server, ...purpose }: SessionPurpose & { readonly server: ConfiguredServer },
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const launched = await launchServer(context, server);
  try {
    const session = await openSession(context, launched, purpose);
    return await session.during(work(session));
  } finally {
    await launched.close();
  }
}
