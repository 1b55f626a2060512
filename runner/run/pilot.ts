import type { Measurement, Pilot, TracedRun } from '../../results/document/run-document.ts';
import { measureConnectionMemory } from './connection-memory.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';
import { traceRequests } from './trace-requests.ts';

const singleSeconds = 0.3;

/** What the first block learns of a server under a workload, beside its measurements. */
export interface PilotResult {
  readonly pilot: Pilot;
  /** Null for a server that does not trace. */
  readonly traces: TracedRun | null;
}

/**
 * What later blocks and the report need to know of a server under a workload: its capacity, from which the rate
 * common to all open loops follows; what one request of each class costs alone, from which predictions follow; what it does
 * with forty requests; and what a connection adds to its memory.
 */
export async function runPilot(session: Session, closed: Measurement): Promise<PilotResult> {
  const { server, workload, plan } = session;
  const singleRequests: Pilot['singleRequests'] = [];
  for (const { name } of plan.predictions ? workload.classes : []) {
    singleRequests.push(await measureSingleRequest(session, name));
  }
  const traces = await traceRequests(session);
  const pilot = {
    server: server.name,
    workload: workload.workload.name,
    capacityPerSecond: closed.throughputPerSecond,
    singleRequests,
    connectionMemory: plan.predictions
      ? await measureConnectionMemory(session, closed.throughputPerSecond)
      : null,
  };
  return { pilot, traces };
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
    fastestMs: serviceTime.minMs,
  };
}
