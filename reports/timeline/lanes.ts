import type { Segment } from './segment.ts';
import { packed } from './segments.ts';

/** A stripe of a timeline: the work of one worker, or the queue. */
export interface Lane {
  readonly name: string;
  readonly rows: readonly {
    readonly segments: readonly Segment[];
    readonly height: number;
  }[];
}

/** Height of a row of work done one by one, and of one row among many. */
const heights = { full: 10, thin: 2 };
/** Queue times below this are left out: they are the network's. */
const shortestQueueMs = 1;

/** The queue first, then a lane for each worker in the order of its first work: computations above waits. */
export function lanesOf(segments: readonly Segment[]): Lane[] {
  const queued = segments.filter(
    ({ kind, startMs, endMs }) => kind === 'queued' && endMs - startMs >= shortestQueueMs,
  );
  const work = segments.filter(({ kind }) => kind !== 'queued');
  const rows = (of: readonly Segment[], height: number) =>
    packed(of).map((row) => ({ segments: row, height }));
  const lanes = [...Map.groupBy(work, ({ worker }) => worker)].map(([name, of]): Lane => {
    if (packed(of).length === 1) return { name, rows: rows(of, heights.full) };
    return {
      name,
      rows: [
        ...rows(
          of.filter(({ kind }) => kind === 'computing'),
          heights.full,
        ),
        ...rows(
          of.filter(({ kind }) => kind === 'waiting'),
          heights.thin,
        ),
      ],
    };
  });
  const queue = queued.map((one) => ({ segments: [one], height: heights.thin }));
  return queue.length > 0 ? [{ name: 'queue', rows: queue }, ...lanes] : lanes;
}
