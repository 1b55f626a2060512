import type { Measurement, Trial } from '../results/run-document.ts';
import { choosePort } from '../servers/choose-port.ts';
import { launch } from '../servers/launch.ts';
import type { RunningServer } from '../servers/server.ts';
import { InterruptedError, RunError } from './errors.ts';
import { type Generator, startGenerator } from './load/generator.ts';
import { measureClosedLoop } from './measure.ts';
import type { Plan, PlannedTrial } from './plan.ts';
import type { Tell } from './run-event.ts';
import { verifyAnswers } from './verify.ts';

const host = '127.0.0.1';
const backlog = 4096;

/**
 * One trial: a fresh server is launched, checked, warmed up, measured, drained and stopped. A server that
 * fails gives a failed trial with its reason, so that the run goes on.
 *
 * @throws InterruptedError when the signal is aborted; by then nothing of the trial runs any more
 */
export async function runTrial(
  planned: PlannedTrial,
  plan: Plan,
  signal: AbortSignal,
  tell: Tell,
): Promise<Trial> {
  const startedAt = new Date();
  const measurements: Measurement[] = [];
  const outcome = await conductTrial(planned, plan, signal, tell, measurements).catch(asReason);
  if (signal.aborted) throw new InterruptedError('the run was interrupted');
  const base = {
    block: planned.block,
    position: planned.position,
    server: planned.server.server.name,
    workload: planned.workload.workload.name,
    startedAt: startedAt.toISOString(),
    wallSeconds: (Date.now() - startedAt.getTime()) / 1000,
    measurements,
    warnings: [],
  };
  return outcome ? { ...base, status: 'failed', reason: outcome } : { ...base, status: 'ok' };
}

async function conductTrial(
  { server: { server, workers }, workload }: PlannedTrial,
  plan: Plan,
  signal: AbortSignal,
  tell: Tell,
  measurements: Measurement[],
): Promise<void> {
  tell({ type: 'phase', phase: 'starting' });
  const port = await choosePort(host);
  const generator = startGenerator();
  let running: RunningServer | undefined;
  try {
    running = await launch(server, { host, port, workers, backlog }, signal);
    const work = async (target: RunningServer) => {
      tell({ type: 'phase', phase: 'checking' });
      await verifyAnswers(target.url, workload.classes, signal);
      measurements.push(await measureClosedLoop(target, generator, workload, plan, tell));
    };
    await Promise.race([work(running), diesEarly(running), abortOf(signal, generator)]);
  } finally {
    tell({ type: 'phase', phase: 'stopping' });
    await Promise.all([generator.stop(), running?.stop()]);
  }
}

async function diesEarly(running: RunningServer): Promise<never> {
  const { code, signal } = await running.exited;
  const manner = signal ? `was killed by ${signal}` : `exited with status ${code}`;
  const tail = running.outputTail().trim();
  throw new RunError(
    `the server ${manner} during the trial${tail && `; it last printed:\n${tail}`}`,
  );
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new InterruptedError('the run was interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}

function asReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
