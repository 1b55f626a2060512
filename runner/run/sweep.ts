import type { Measurement } from '../../results/document/run-document.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';

/**
 * Loads a warm server with few connections, then with more: how its throughput grows with them is what a model is held
 * against its original by. Nothing where the plan wants none.
 *
 * @param measurements where each is kept as it is made, whatever becomes of the next
 */
export async function sweepConnections(
  session: Session,
  measurements: Measurement[],
): Promise<void> {
  const { sweep, connections: most } = session.plan;
  if (!sweep) return;
  const { warmupSeconds, windowSeconds } = sweep;
  for (const connections of sweep.connections.filter((few) => few < most)) {
    measurements.push(
      await measureClosedLoop(session, { connections, warmupSeconds, windowSeconds }),
    );
  }
}
