import { connectionMemoryFrom, type MemoryReadings } from '../../results/connection-memory.ts';
import type { ConnectionMemory } from '../../results/document/run-document.ts';
import { processTree, readPssBytes } from '../probes/process-tree.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';

const mostConnections = 1000;
/** As many requests in flight as are answered within this, so that draining takes no longer. */
const drainSeconds = 0.5;
const windowSeconds = 0.2;
const readEveryMs = 50;

/**
 * Loads a server with the plan's connections, then with many more, and sees what each adds to its memory. Not from fewer
 * than it has had: what a heap has once grown to, it mostly keeps. Null where memory cannot be read, or where the server
 * answers too slowly for twice as many connections to be drained soon.
 */
export async function measureConnectionMemory(
  session: Session,
  capacityPerSecond: number,
): Promise<ConnectionMemory | null> {
  const { pid } = session.running;
  const { connections } = session.plan;
  const many = Math.min(mostConnections, Math.floor(drainSeconds * capacityPerSecond));
  if (pid === null || many < 2 * connections) return null;
  const few = await readMemoryUnderLoad(session, pid, connections);
  return connectionMemoryFrom(few, await readMemoryUnderLoad(session, pid, many));
}

async function readMemoryUnderLoad(
  session: Session,
  pid: number,
  connections: number,
): Promise<MemoryReadings> {
  const pssBytes: number[] = [];
  const read = () => {
    const bytes = readPssBytes(processTree(pid));
    if (bytes !== null) pssBytes.push(bytes);
  };
  const load = { connections, warmupSeconds: 0.1, windowSeconds };
  let timer: NodeJS.Timeout | undefined;
  const emit: Session['emit'] = (event) => {
    session.emit(event);
    if (event.type !== 'phase') return;
    clearInterval(timer);
    if (event.phase === 'measuring') timer = setInterval(read, readEveryMs);
  };
  const measured = measureClosedLoop({ ...session, emit }, load);
  const { connectionsOpened } = await measured.finally(() => clearInterval(timer));
  return { connections: Math.min(connections, connectionsOpened), pssBytes };
}
