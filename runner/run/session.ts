import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import type { Server } from '../../servers/server.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { type Generator, startGenerator } from '../load/generator.ts';
import { loadSeedOf } from '../plan/load-seed.ts';
import type { Plan, PlannedTrial, ServerToRun, WorkloadToRun } from '../plan/plan.ts';
import { type LoopDelayLog, openLoopDelayLog } from '../probes/event-loop-delay.ts';
import { attach, type Target } from './attach.ts';
import type { RunListener } from './run-event.ts';
import { verifyAnswers } from './verify.ts';

const host = '127.0.0.1';
const backlog = 4096;

/** A server under a workload, ready to be loaded. */
export interface Session {
  readonly server: Server;
  readonly running: Target;
  /** Where the server's event loops tell how late they are. */
  readonly loopDelays: LoopDelayLog;
  readonly generator: Generator;
  readonly workload: WorkloadToRun;
  readonly plan: Plan;
  /** The same for every server of a block, so that all meet the same arrivals; another in each block. */
  readonly loadSeed: number;
  readonly emit: RunListener;
}

/**
 * Launches a server afresh beside a load generator, checks its answers, has it worked on, and stops both.
 *
 * @throws RunError, LaunchError and the like when the server cannot be started, answers wrongly or dies
 * @throws InterruptedError when the signal is aborted
 */
export async function withSession<Result>(
  { server: serverToRun, workload, block }: Pick<PlannedTrial, 'server' | 'workload' | 'block'>,
  plan: Plan,
  signal: AbortSignal,
  emit: RunListener,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  emit({ type: 'phase', phase: 'starting' });
  const { serverCpus, clientCpus } = plan.cpuLayout;
  const loopDelays = openLoopDelayLog();
  const generator = startGenerator({ cpus: clientCpus });
  const over = new AbortController();
  let running: Target | undefined;
  try {
    running = await start(serverToRun, serverCpus, loopDelays, signal);
    emit({ type: 'phase', phase: 'checking' });
    const session = {
      server: serverToRun.server,
      running,
      loopDelays,
      generator,
      workload,
      plan,
      loadSeed: loadSeedOf(plan.seed, { workload, block }),
      emit,
    };
    const checkAndWork = async () => {
      await verifyAnswers(session.running.url, workload.classes, signal);
      return work(session);
    };
    return await Promise.race([checkAndWork(), diesEarly(running), abortOf(signal, over.signal)]);
  } catch (error) {
    throw signal.aborted ? new InterruptedError('the run was interrupted') : error;
  } finally {
    over.abort();
    emit({ type: 'phase', phase: 'stopping' });
    await Promise.all([generator.stop(), running?.stop()]);
    loopDelays.remove();
  }
}

async function start(
  { server, workers, url, settings }: ServerToRun,
  cpus: readonly number[],
  loopDelays: LoopDelayLog,
  signal: AbortSignal,
): Promise<Target> {
  if (url !== undefined) return attach(url);
  const options = { host, port: await choosePort(host), workers, backlog };
  return launch(server, cpus.length > 0 ? { ...options, cpus } : options, {
    signal,
    environment: { ...settings?.environment, ...loopDelays.environment },
  });
}

async function diesEarly(running: Target): Promise<never> {
  const { code, signal } = await running.exited;
  const manner = signal ? `was killed by ${signal}` : `exited with status ${code}`;
  const tail = running.outputTail().trim();
  throw new RunError(
    `the server ${manner} during the trial${tail && `; it last printed:\n${tail}`}`,
  );
}

/** Rejects when the signal is aborted, until the session is over. */
function abortOf(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new InterruptedError('the run was interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true, signal: over });
  });
}
