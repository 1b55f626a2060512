import { type Measurement, requestTimeoutSeconds } from '../../results/document/run-document.ts';
import type { ClosedLoad, Load } from '../load/load.ts';
import { isSecure, portOf } from '../load/send-and-drain.ts';
import type { Rate } from '../plan/trial-load.ts';
import { settleSeconds } from '../plan/windows.ts';
import { probeWindow } from '../probes/window.ts';
import type { Session } from './session.ts';

/** The most connections of an open loop, for a server that falls behind; open files may limit them further. */
const mostOpenConnections = 10_000;

type Variation = Partial<
  Pick<ClosedLoad, 'connections' | 'classes' | 'warmupSeconds' | 'windowSeconds'>
>;

/** Something to do again and again while a window lasts. */
export interface Sampling {
  readonly everyMs: number;
  readonly sample: () => void;
}

/** Loads a server with one request in flight per connection, which shows its capacity. */
export function measureClosedLoop(
  session: Session,
  variation: Variation = {},
  sampling?: Sampling,
): Promise<Measurement> {
  const load: Load = {
    ...loadBase(session),
    loop: 'closed',
    connections: session.workload.connections ?? session.plan.connections,
    connectFirst: session.server.keepAlive,
    ...variation,
  };
  return measure(session, load, null, sampling);
}

/** Fewer requests in flight warm a server up as well, and are answered sooner at the end. */
const warmUpShare = 1 / 4;

/** Loads a server as a closed loop does, so that it is warm for an open loop. */
export async function warmUp(session: Session): Promise<void> {
  const windowSeconds = session.plan.warmupSeconds / 2;
  const connections = Math.ceil(warmUpShare * session.plan.connections);
  await measureClosedLoop(session, { connections, warmupSeconds: windowSeconds, windowSeconds });
}

/**
 * Sends requests at times that do not depend on the answers, which shows response times.
 *
 * @param fastestMs what a request takes at least: until the first ones are answered, those in flight become more
 */
export function measureOpenLoop(
  session: Session,
  rate: Rate,
  variation: Required<Pick<Variation, 'windowSeconds'>> & Pick<Variation, 'classes'>,
  fastestMs = 0,
): Promise<Measurement> {
  const load: Load = {
    ...loadBase(session),
    ...variation,
    warmupSeconds: Math.max(settleSeconds(variation.windowSeconds), (1.2 * fastestMs) / 1000),
    loop: 'open',
    ratePerSecond: rate.perSecond,
    arrivals: 'poisson',
    maxConnections: mostOpenConnections,
  };
  return measure(session, load, rate.kind);
}

function loadBase({ running, plan, workload, loadSeed }: Session) {
  const { url, insecure } = running;
  return {
    host: new URL(url).hostname,
    port: portOf(url),
    ...(isSecure(url) && { tls: { insecure } }),
    classes: [...workload.classes],
    warmupSeconds: plan.warmupSeconds,
    windowSeconds: plan.durationSeconds,
    timeoutSeconds: requestTimeoutSeconds,
    seed: loadSeed,
  };
}

async function measure(
  { running, generator, database, workload, over, emit }: Session,
  load: Load,
  rate: Measurement['rate'],
  sampling?: Sampling,
): Promise<Measurement> {
  over.throwIfAborted();
  const probe = probeWindow(running.processes.probeWindow(), {
    client: generator.pid,
    database: workload.definition?.database === undefined ? null : (database?.pid ?? null),
  });
  let timer: NodeJS.Timeout | undefined;
  emit({ type: 'phase', phase: 'warming up' });
  const run = generator.run(load, (event) => {
    switch (event.type) {
      case 'window-started':
        emit({ type: 'phase', phase: 'measuring' });
        probe.start();
        if (sampling) timer = setInterval(sampling.sample, sampling.everyMs);
        break;
      case 'progress':
        emit({
          type: 'reading',
          throughputPerSecond: event.completed / Math.max(event.elapsedSeconds, 0.001),
        });
        break;
      case 'window-ended':
        probe.stop();
        clearInterval(timer);
        emit({ type: 'phase', phase: 'draining' });
        break;
    }
  });
  const result = await run.finally(() => clearInterval(timer));
  const { serverCpuSeconds, eventLoopDelayMs, ...readings } = await probe.readings();
  return {
    ...readings,
    ...result,
    client: result.client ?? readings.client,
    loadWorkers: result.loadWorkers ?? [],
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
    warnings: [],
  };
}
