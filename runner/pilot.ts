import type { Pilot, TracedRun } from '../results/run-document.ts';
import { InterruptedError } from './errors.ts';
import { measureClosedLoop } from './measure.ts';
import type { Plan, PlannedCell } from './plan.ts';
import type { Tell } from './run-event.ts';
import { type Session, withSession } from './session.ts';
import { traceRequests } from './trace-requests.ts';

const capacitySeconds = 0.3;
const singleSeconds = 0.3;

/** What a pilot found; `traces` is null for a server that failed or does not trace. */
export interface PilotOutcome {
  readonly pilot: Pilot;
  readonly traces: TracedRun | null;
}

/**
 * A short look at a server under a workload before the blocks: its capacity, from which the open loops'
 * rates follow, what one request of each class costs alone, from which predictions follow, and what it does
 * with forty requests.
 *
 * @returns a pilot without capacity when the server failed: its trials will say why
 * @throws InterruptedError when the signal is aborted
 */
export async function runPilot(
  { server, workload }: PlannedCell,
  plan: Plan,
  signal: AbortSignal,
  tell: Tell,
): Promise<PilotOutcome> {
  const names = { server: server.server.name, workload: workload.workload.name };
  try {
    return await withSession(server, workload, plan, signal, tell, async (session) => {
      const { throughputPerSecond } = await measureClosedLoop(session, {
        windowSeconds: capacitySeconds,
      });
      const singleRequests = [];
      for (const requestClass of plan.predictions ? workload.classes : []) {
        singleRequests.push(await measureSingleRequest(session, requestClass.name));
      }
      const pilot = { ...names, capacityPerSecond: throughputPerSecond, singleRequests };
      return { pilot, traces: await traceRequests(session) };
    });
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return { pilot: { ...names, capacityPerSecond: 0, singleRequests: [] }, traces: null };
  }
}

async function measureSingleRequest(session: Session, className: string) {
  const { requests, server, serviceTime } = await measureClosedLoop(session, {
    connections: 1,
    classes: session.workload.classes.filter(({ name }) => name === className),
    warmupSeconds: 0,
    windowSeconds: singleSeconds,
  });
  return {
    class: className,
    cpuSeconds:
      server.cpuSeconds === null || requests.ok === 0 ? null : server.cpuSeconds / requests.ok,
    responseMs: serviceTime.p50Ms,
  };
}
