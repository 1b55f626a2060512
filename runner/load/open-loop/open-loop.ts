import { connectionsPossible, targetOf } from '../connections.ts';
import type { LoadGenerator, OpenLoad } from '../load.ts';
import { countInShare, whole } from '../share.ts';
import { Tally } from '../tally.ts';
import { awaitStart, followWindow } from '../window.ts';
import { arrivalSchedule } from './arrival-schedule.ts';
import { Dispatcher } from './dispatcher.ts';
import { Pacer } from './pacer.ts';

/** From the end of all preparation to the start of the schedule. */
const leadMs = 20;

/** Sends requests at times fixed beforehand, whether earlier ones have been answered or not. */
export const openLoop: LoadGenerator<OpenLoad> = async (load, emit, agreeOnStart) => {
  const schedule = arrivalSchedule({
    ...load,
    weights: load.classes.map(({ weight }) => weight),
  });
  const target = await targetOf(load);
  const pacer = await Pacer.create(schedule.offsetsMs);
  try {
    const startMs = (await awaitStart(agreeOnStart)) + leadMs;
    const windowStartMs = startMs + load.warmupSeconds * 1000;
    const window = { startMs: windowStartMs, endMs: windowStartMs + load.windowSeconds * 1000 };
    const limit = Math.min(
      countInShare(load.maxConnections, load.share ?? whole),
      connectionsPossible(),
    );
    const tally = new Tally(load, window, limit);
    const pool = { ...target, limit };
    const dispatcher = new Dispatcher({ load, schedule, startMs, tally, pacer, pool });
    const requests = {
      completed: () => tally.completed,
      unfinished: () => dispatcher.unfinished,
      checkTimeouts: () => dispatcher.checkTimeouts(),
    };
    try {
      pacer.start(startMs, () => dispatcher.dispatch());
      await followWindow(window, requests, emit);
    } finally {
      await pacer.stop();
      dispatcher.end();
    }
    return tally.summarise();
  } finally {
    await pacer.stop(); // again does no harm
  }
};
