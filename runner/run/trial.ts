import type { Measurement, Trial } from '../../results/document/run-document.ts';
import { pairedAmong } from '../../results/fidelity/counterparts.ts';
import { InterruptedError, messageOf } from '../errors.ts';
import type { Plan, PlannedTrial } from '../plan/plan.ts';
import { ratesOf } from '../plan/rates.ts';
import { measureClosedLoop, measureOpenLoop } from './measure.ts';
import { type PilotResult, runPilot } from './pilot.ts';
import type { RunListener } from './run-event.ts';
import { withSession } from './session.ts';
import { sweepConnections } from './sweep.ts';

/** A trial, and what it learnt beside its measurements if it was in the first block. */
export interface TrialOutcome {
  readonly trial: Trial;
  readonly pilotResult: PilotResult | null;
}

/**
 * One trial: a fresh server is launched, checked, warmed up, measured in a closed loop (capacity) and in open
 * loops (response time), drained and stopped. In the first block there are no open loops yet: the rate common to all
 * servers follows from what it learns. A server that fails gives a failed trial, and a signal that is aborted an interrupted one;
 * both keep what was measured before.
 */
export async function runTrial(
  planned: PlannedTrial,
  plan: Plan,
  sharedPerSecond: number | null,
  signal: AbortSignal,
  emit: RunListener,
): Promise<TrialOutcome> {
  const startedAt = new Date();
  const measurements: Measurement[] = [];
  const sweep: Measurement[] = [];
  let pilotResult: PilotResult | null = null;
  const ending = await withSession(planned, plan, signal, emit, async (session) => {
    const closed = await measureClosedLoop(session);
    measurements.push(closed);
    if (isPilot(planned)) pilotResult = await runPilot(session, closed);
    if (isSwept(planned)) await sweepConnections(session, sweep);
    const kinds = planned.block === 0 ? [] : plan.rates;
    for (const rate of ratesOf(kinds, sharedPerSecond, closed.throughputPerSecond)) {
      measurements.push(await measureOpenLoop(session, rate));
    }
  }).then(() => ({ status: 'ok' }) as const, endingBy);

  const trial: Trial = { ...factsOf(planned, startedAt), measurements, sweep, ...ending };
  return { trial, pilotResult };
}

export function isPilot({ block, purpose }: PlannedTrial): boolean {
  return block === 0 && purpose === 'comparison';
}

/** A control shows the noise of what is compared everywhere, and needs no more than that. */
export function isSwept({ server, workload, purpose }: PlannedTrial): boolean {
  const paired = pairedAmong(workload.servers.map((toRun) => toRun.server));
  return purpose === 'comparison' && paired.includes(server.server);
}

/** The trial of a server that cannot run here: it stands in the results with its reason, never as a gap. */
export function skippedTrial(planned: PlannedTrial, reason: string): Trial {
  return { ...factsOf(planned, new Date()), status: 'skipped', reason };
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
    measurements: [],
    sweep: [],
    warnings: [],
  };
}

/** How a trial ended that did not come to its end, and why, in words; an interrupt is no failure of the server. */
function endingBy(error: unknown) {
  const reason = messageOf(error);
  const status = error instanceof InterruptedError ? 'interrupted' : 'failed';
  return { status, reason } as const;
}
