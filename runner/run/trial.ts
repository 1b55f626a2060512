import type { Measurement, Trial } from '../../results/document/run-document.ts';
import { InterruptedError, messageOf } from '../errors.ts';
import type { PlannedTrial } from '../plan/plan.ts';
import { ratesOf } from '../plan/trial-load.ts';
import { measureClosedLoop, measureOpenLoop } from './measure.ts';
import { type PilotResult, runPilot } from './pilot.ts';
import { type RunContext, withSession } from './session.ts';

/** A trial, and what it found out beside its measurements if it was a pilot. */
export interface TrialOutcome {
  readonly trial: Trial;
  readonly pilotResult: PilotResult | null;
}

/**
 * Runs one trial: starts a fresh server, checks its answers, warms it up, measures it in a closed loop (capacity) and in
 * open loops (response time), drains and stops it. The first block has no open loops: their shared rate
 * follows from its results. A server that fails gives a failed trial, and an interrupt an interrupted one; both keep
 * the measurements made until then.
 */
export async function runTrial(
  context: RunContext,
  planned: PlannedTrial,
  sharedPerSecond: number | null,
): Promise<TrialOutcome> {
  const startedAt = new Date();
  const measurements: Measurement[] = [];
  const sweep: Measurement[] = [];
  let pilotResult: PilotResult | null = null;
  const ending = await withSession(context, planned, async (session) => {
    const closed = await measureClosedLoop(session);
    measurements.push(closed);
    if (planned.isPilot) pilotResult = await runPilot(session, closed);
    const { connections: steps = [], ...windows } = planned.sweep ?? {};
    for (const connections of steps.filter((few) => few < context.plan.connections)) {
      sweep.push(await measureClosedLoop(session, { connections, ...windows }));
    }
    for (const rate of ratesOf(planned.rates, sharedPerSecond, closed.throughputPerSecond)) {
      measurements.push(await measureOpenLoop(session, rate));
    }
  }).then(() => ({ status: 'ok' }) as const, endingBy);

  const trial: Trial = { ...factsOf(planned, startedAt), measurements, sweep, ...ending };
  return { trial, pilotResult };
}

/**
 * The trial of a server that cannot run here: it is in the results with its reason, never left out. For a server of the
 * user's own, who wants it measured, that is a failure.
 */
export function unavailableTrial(planned: PlannedTrial, reason: string): Trial {
  const status = planned.server.kind === 'custom' ? 'failed' : 'skipped';
  return { ...factsOf(planned, new Date()), status, reason };
}

function factsOf({ block, position, purpose, server, workload }: PlannedTrial, startedAt: Date) {
  return {
    block,
    position,
    purpose,
    server: server.name,
    workload: workload.name,
    startedAt: startedAt.toISOString(),
    wallSeconds: (Date.now() - startedAt.getTime()) / 1000,
    measurements: [],
    sweep: [],
    warnings: [],
  };
}

/** How and why a trial ended early; an interrupt is no failure of the server. */
function endingBy(error: unknown) {
  const reason = messageOf(error);
  const status = error instanceof InterruptedError ? 'interrupted' : 'failed';
  return { status, reason } as const;
}
