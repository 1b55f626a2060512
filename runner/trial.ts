import type { Measurement, Trial } from '../results/run-document.ts';
import { InterruptedError } from './errors.ts';
import { measureClosedLoop, measureOpenLoop } from './measure.ts';
import type { Plan, PlannedTrial } from './plan.ts';
import type { Rates } from './rates.ts';
import type { Tell } from './run-event.ts';
import { withSession } from './session.ts';

/**
 * One trial: a fresh server is launched, checked, warmed up, measured in a closed loop (capacity) and in open
 * loops (response time), drained and stopped. A server that fails gives a failed trial that keeps what was
 * measured before, so that the run goes on.
 *
 * @throws InterruptedError when the signal is aborted; by then nothing of the trial runs any more
 */
export async function runTrial(
  planned: PlannedTrial,
  plan: Plan,
  rates: Rates,
  signal: AbortSignal,
  tell: Tell,
): Promise<Trial> {
  const startedAt = new Date();
  const measurements: Measurement[] = [];
  const failure = await withSession(
    planned.server,
    planned.workload,
    plan,
    signal,
    tell,
    async (session) => {
      measurements.push(await measureClosedLoop(session));
      for (const rate of rates) measurements.push(await measureOpenLoop(session, rate));
    },
  ).then(() => undefined, asReason);

  const facts = { ...factsOf(planned, startedAt), measurements };
  return failure === undefined
    ? { ...facts, status: 'ok' }
    : { ...facts, status: 'failed', reason: failure };
}

/** The trial of a server that cannot run here: it stands in the results with its reason, never as a gap. */
export function skippedTrial(planned: PlannedTrial, reason: string): Trial {
  return { ...factsOf(planned, new Date()), measurements: [], status: 'skipped', reason };
}

function factsOf({ block, position, purpose, server, workload }: PlannedTrial, startedAt: Date) {
  return {
    block,
    position,
    purpose,
    server: server.server.name,
    workload: workload.workload.name,
    startedAt: startedAt.toISOString(),
    wallSeconds: (Date.now() - startedAt.getTime()) / 1000,
    warnings: [],
  };
}

/** Why a trial failed, in words; an interrupt is no failure and is passed on. */
function asReason(error: unknown): string {
  if (error instanceof InterruptedError) throw error;
  return error instanceof Error ? error.message : String(error);
}
