import type { AgreeOnStart, Load, LoadGenerator, LoadProgress, LoadResult } from './load.ts';
import { mergeResults } from './merge-results.ts';
import { splitShare, whole } from './share.ts';

/**
 * The rate of an open loop that one process sends with ease: at 8,000 requests/s of `hello` it used 0.47 of a core where it
 * was measured, and 0.59 at 16,000.
 */
const mostPerSecond = 8000;
/** The rate of a closed loop is unknown beforehand. With 16 connections, a process still sends several requests at a time. */
const fewestConnections = 16;

/** How many processes a load needs, of the most that there may be. */
export function processesFor(load: Load, most: number): number {
  const { of } = load.share ?? whole;
  const needed =
    load.loop === 'closed'
      ? Math.floor(load.connections / of / fewestConnections)
      : Math.ceil(load.ratePerSecond / of / mostPerSecond);
  return Math.max(1, Math.min(most, needed));
}

/**
 * Runs a load over several generators, each of which takes a share of it. They begin at one moment, once all are
 * prepared; progress is that of all, reported when the first of them reports its own.
 *
 * @throws the error of a generator that failed, once the others have ended
 */
export async function runTogether(
  generators: readonly LoadGenerator<Load>[],
  load: Load,
  emit: (event: LoadProgress) => void,
  agreeOnStart: AgreeOnStart,
): Promise<LoadResult> {
  const start = Promise.withResolvers<number>();
  start.promise.catch(() => {}); // nobody waits where all fail before they are prepared
  let preparing = generators.length;
  const awaitOthers = () => {
    preparing -= 1;
    if (preparing === 0) agreeOnStart().then(start.resolve, start.reject);
    return start.promise;
  };
  const progressOf = joinProgress(generators.length, emit);
  const shares = splitShare(load.share ?? whole, generators.length);
  const runs = generators.map((run, index) => {
    const result = run({ ...load, share: shares[index] }, progressOf(index), awaitOthers);
    result.catch(start.reject); // the others do not wait for one that failed
    return result;
  });
  await Promise.allSettled(runs);
  const [first, ...others] = await Promise.all(runs);
  if (first === undefined) throw new RangeError('a load needs a generator');
  return mergeResults(first, ...others);
}

function joinProgress(count: number, emit: (event: LoadProgress) => void) {
  const completed = Array.from({ length: count }, () => 0);
  return (index: number) => (event: LoadProgress) => {
    // What the others report of their warm-up may arrive after the first has started its window.
    if (event.type === 'window-started') {
      if (index === 0) completed.fill(0);
      else completed[index] = 0;
    }
    if (event.type === 'progress') completed[index] = event.completed;
    if (index > 0) return;
    const total = completed.reduce((sum, one) => sum + one, 0);
    emit(event.type === 'progress' ? { ...event, completed: total } : event);
  };
}
