import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from '../address.ts';
import { connectionsPossible } from '../connection-limit.ts';
import type { LoadGenerator, OpenLoad } from '../load.ts';
import { sweepExpired } from '../sweep.ts';
import { Tally } from '../tally.ts';
import { followWindow } from '../window.ts';
import { arrivalSchedule } from './arrival-schedule.ts';
import { Dispatcher } from './dispatcher.ts';
import { Pacer } from './pacer.ts';

/** Between the end of all preparation and the first arrival. */
const leadMs = 20;

/** Sends requests at times fixed beforehand, whether the ones before are answered or not. */
export const openLoop: LoadGenerator<OpenLoad> = async (load, emit) => {
  const schedule = arrivalSchedule({
    ...load,
    seconds: load.warmupSeconds + load.windowSeconds,
    weights: load.classes.map(({ weight }) => weight),
  });
  const address = await addressOf(load.host, load.port);
  const pacer = await Pacer.create(schedule.offsetsMs);
  const startMs = performance.now() + leadMs;
  const windowStartMs = startMs + load.warmupSeconds * 1000;
  const window = { startMs: windowStartMs, endMs: windowStartMs + load.windowSeconds * 1000 };
  const connectionLimit = Math.min(load.maxConnections, connectionsPossible());
  const tally = new Tally(load, window, connectionLimit);
  const pool = { address, port: load.port, limit: connectionLimit };
  const dispatcher = new Dispatcher({ load, schedule, startMs, tally, pacer, pool });
  const endSweep = sweepExpired(() => dispatcher.expire());
  try {
    pacer.start(startMs, () => dispatcher.dispatch());
    await followWindow(window, () => tally.completed, emit);
    dispatcher.dispatch();
    while (dispatcher.outstanding > 0) await sleep(5);
  } finally {
    endSweep();
    await pacer.stop();
    dispatcher.end();
  }
  return tally.summarise();
};
