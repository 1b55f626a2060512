import type { Measurement, Warning } from '../../results/document/run-document.ts';
import type { ClosedLoad, Load, LoadResult } from '../load/load.ts';
import { settleSeconds } from '../plan/budget.ts';
import type { Rate } from '../plan/rates.ts';
import { probeWindow } from '../probes/window.ts';
import type { Session } from './session.ts';

/** A request that takes longer is given up: ten times what a person waits for a page. */
const timeoutSeconds = 10;

/** A ceiling on an open loop's connections, for when the server falls behind; open files may limit it further. */
const mostOpenConnections = 10_000;

type Variation = Partial<
  Pick<ClosedLoad, 'connections' | 'classes' | 'warmupSeconds' | 'windowSeconds'>
>;

/** Loads a server with as many requests in flight as there are connections: gives its capacity. */
export function measureClosedLoop(
  session: Session,
  variation: Variation = {},
): Promise<Measurement> {
  const { connections } = session.plan;
  return measure(
    session,
    {
      ...loadBase(session),
      loop: 'closed',
      connections,
      connectFirst: session.server.keepAlive,
      ...variation,
    },
    { rate: null },
  );
}

/** Sends requests at times fixed beforehand, answered or not: gives response times. */
export function measureOpenLoop(session: Session, rate: Rate): Promise<Measurement> {
  const load: Load = {
    ...loadBase(session),
    warmupSeconds: settleSeconds(session.plan.durationSeconds),
    loop: 'open',
    ratePerSecond: rate.perSecond,
    arrivals: 'poisson',
    maxConnections: mostOpenConnections,
  };
  return measure(session, load, { rate: rate.kind });
}

function loadBase({ running, plan, workload, loadSeed }: Session) {
  const { hostname, port } = new URL(running.url);
  return {
    host: hostname,
    port: Number(port),
    classes: [...workload.classes],
    warmupSeconds: plan.warmupSeconds,
    windowSeconds: plan.durationSeconds,
    timeoutSeconds,
    seed: loadSeed,
  };
}

async function measure(
  { running, generator, loopDelays, emit }: Session,
  load: Load,
  { rate }: Pick<Measurement, 'rate'>,
): Promise<Measurement> {
  const probe = probeWindow(running.pid, generator.pid, loopDelays);
  emit({ type: 'phase', phase: 'warming up' });
  const result = await generator.run(load, (event) => {
    switch (event.type) {
      case 'window-started':
        emit({ type: 'phase', phase: 'measuring' });
        probe.start();
        break;
      case 'progress':
        emit({
          type: 'reading',
          throughputPerSecond: event.completed / Math.max(event.elapsedSeconds, 0.001),
        });
        break;
      case 'window-ended':
        probe.stop();
        emit({ type: 'phase', phase: 'draining' });
        break;
    }
  });
  const { serverCpuSeconds, eventLoopDelayMs, ...readings } = probe.readings();
  return {
    ...result,
    ...readings,
    loop: load.loop,
    rate,
    connections: load.loop === 'closed' ? load.connections : load.maxConnections,
    offeredPerSecond: load.loop === 'open' ? load.ratePerSecond : null,
    warmupSeconds: load.warmupSeconds,
    intervals: result.intervals.map((interval) => ({
      ...interval,
      serverCpuSeconds: serverCpuSeconds(interval),
      eventLoopDelayMs: eventLoopDelayMs(interval),
    })),
    warnings: doubtsAboutConnections(load, result),
  };
}

/** Connections may run out, at our own ceiling or the limit on open files: requests then waited in the generator. */
function doubtsAboutConnections(
  load: Load,
  { connectionLimit, waitedForConnection }: LoadResult,
): Warning[] {
  if (waitedForConnection === 0) return [];
  const wanted = load.loop === 'open' ? load.maxConnections : load.connections;
  return [
    {
      code: 'connection-limit',
      severity: 'warn',
      message: `${waitedForConnection} requests had to wait for one of ${connectionLimit} connections, the most that may be open`,
      advice: `offer a lower rate, or raise the limit on open files: ulimit -n ${2 * wanted}`,
    },
  ];
}
