import { countOf, inMs } from './moment.ts';
import type { Played, Segment } from './segment.ts';

/**
 * What a request waited for in one of its segments: "request 12 (light), in a queue for 24 ms: the loop served 1 heavy
 * before it".
 */
export function segmentCaption(played: Played, segment: Segment): string {
  const { kind, startMs, endMs, worker, className, request } = segment;
  const name = `request ${request + 1} (${className})`;
  const length = inMs(endMs - startMs);
  const place = played.alone ?? worker;
  if (kind === 'computing') {
    const others = played.segments.filter((one) => one.kind === 'queued' && overlap(one, segment));
    const meanwhile =
      others.length > 0 ? `; ${countOf(others.length, 'request')} in a queue meanwhile` : '';
    return `${name}, computing for ${length} on ${place}${meanwhile}`;
  }
  if (kind === 'waiting') {
    const planned = played.waits[className] ?? 0;
    const busy = played.segments.filter(
      (one) =>
        one.kind === 'computing' &&
        one.worker === worker &&
        one.request !== request &&
        overlap(one, segment),
    );
    const isLate = planned > 0 && endMs - startMs > 1.5 * planned;
    if (!played.oneByOne && busy.length > 0 && isLate) {
      return `${name}, a wait of ${inMs(planned)} that took ${length}: ${place} was computing when it was over`;
    }
    const held = played.oneByOne
      ? `${place} serves nothing else meanwhile`
      : `${place} serves other requests meanwhile`;
    return `${name}, waiting for ${length}, as for a database: ${held}`;
  }
  return `${name}, in a queue for ${length}: ${blockersOf(played, segment)}`;
}

/** What occupied the worker that would serve a queued request. */
export function blockersOf({ segments, oneByOne, alone }: Played, queued: Segment): string {
  const isWork = ({ kind }: Segment) => kind === 'computing' || (oneByOne && kind === 'waiting');
  const blocking = segments.filter(
    (one) => isWork(one) && one.request !== queued.request && overlap(one, queued),
  );
  // A queue before one worker, such as a process that accepts when it is free, or one queue for all of them.
  const own = blocking.filter(({ worker }) => worker === queued.worker);
  const found = own.length > 0 && !oneByOne ? own : blocking;
  if (found.length === 0) return 'on its way to a worker';
  const byClass = Map.groupBy(found, ({ className }) => className);
  const classes = [...byClass].map(([name, of]) => {
    const count = new Set(of.map(({ request }) => request)).size;
    return `${count} ${name}`;
  });
  const place = alone ?? (oneByOne ? 'the workers' : 'the threads');
  return `${place} served ${classes.join(' and ')} before it`;
}

/** Whether two segments share a moment. */
export function overlap(a: Segment, b: Segment): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}
