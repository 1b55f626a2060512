import { connectionMemoryFrom, type MemoryReadings } from '../../results/connection-memory.ts';
import type {
  ConnectionMemory,
  Measurement,
  Pilot,
  TracedRun,
} from '../../results/document/run-document.ts';
import { isWriting } from '../plan/requests.ts';
import type { Idle } from '../probes/idle.ts';
import { manyConnections } from './capacity.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';
import { traceRequests } from './trace-requests.ts';

const singleSeconds = 0.3;
/** A server that stays busy for longer has no cost of single requests. */
const longestRestMs = 8_000;
const memoryLoad = { warmupSeconds: 0.1, windowSeconds: 0.2 };
const readMemoryEveryMs = 50;

/** What the first block finds out about a server under a workload, beside its measurements. */
export interface PilotResult {
  readonly pilot: Pilot;
  /** Null for a server that does not trace. */
  readonly traces: TracedRun | null;
}

/**
 * Finds out what later blocks and the report need to know about a server under a workload: its capacity, from which the
 * shared rate of open loops follows; the cost of single requests, from which predictions follow; where the time of forty
 * requests goes; and how much memory a connection takes.
 *
 * @param idle what the server used before the first load
 */
export async function runPilot(
  session: Session,
  closed: Measurement,
  idle: Idle | null,
): Promise<PilotResult> {
  const { server, workload, plan } = session;
  const singleRequests: Pilot['singleRequests'] = [];
  const isMeasurable =
    plan.predictions && (await session.running.processes.comesToRest(longestRestMs));
  for (const { name } of isMeasurable ? workload.classes : []) {
    singleRequests.push(await measureSingleRequest(session, name));
  }
  const traces = changesData(workload) ? null : await traceRequests(session);
  const pilot = {
    server: server.name,
    workload: workload.name,
    capacityPerSecond: closed.throughputPerSecond,
    singleRequests,
    connectionMemory: isFirstOf(session)
      ? await measureConnectionMemory(session, closed.throughputPerSecond)
      : null,
    idle,
  };
  return { pilot, traces };
}

/** Whether requests to the user's own code write: traces would change data of theirs further. */
export const changesData = ({ definition, classes }: Session['workload']): boolean =>
  definition === null && classes.some(isWriting);

/** A connection takes the same memory whatever it requests: the first workload of a server is enough. */
const isFirstOf = ({ plan, server, workload }: Session): boolean =>
  plan.predictions &&
  plan.workloads.find(({ servers }) => servers.includes(server.name))?.name === workload.name;

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

/**
 * Loads a server with the plan's connections, then with many more, and compares its memory. Fewer connections than
 * before would show nothing: a heap rarely shrinks again. Null where memory cannot be read, or where the server
 * is too slow for twice as many connections to be drained soon.
 */
async function measureConnectionMemory(
  session: Session,
  capacityPerSecond: number,
): Promise<ConnectionMemory | null> {
  const { connections } = session.plan;
  const many = manyConnections(connections, capacityPerSecond);
  if (many === null || (await session.running.processes.readMemoryBytes()) === null) return null;
  const few = await readMemoryUnderLoad(session, connections);
  return connectionMemoryFrom(few, await readMemoryUnderLoad(session, many));
}

async function readMemoryUnderLoad(session: Session, connections: number): Promise<MemoryReadings> {
  const readings: Promise<number | null>[] = [];
  const sample = () => void readings.push(session.running.processes.readMemoryBytes());
  const sampling = { everyMs: readMemoryEveryMs, sample };
  const load = { connections, ...memoryLoad };
  const { connectionsOpened } = await measureClosedLoop(session, load, sampling);
  const pssBytes = (await Promise.all(readings)).filter((bytes) => bytes !== null);
  return { connections: Math.min(connections, connectionsOpened), pssBytes };
}
