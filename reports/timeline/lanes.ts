import { packed, type Segment } from './segments.ts';

/** A stripe of a timeline: what one worker did, or what stood in the queue. */
export interface Lane {
  readonly name: string;
  readonly rows: readonly {
    readonly kind: Segment['kind'];
    readonly segments: readonly Segment[];
    readonly height: number;
  }[];
}

/** Of a row that has a lane to itself, and of one among many. */
const heights = { full: 10, thin: 2.5 };
/** Queued less than this is how long a request and its answer travel, not a queue. */
const shortestQueueMs = 1;

/** The queue first, then a lane for each worker in the order of their first work: computations above waits. */
export function lanesOf(segments: readonly Segment[]): Lane[] {
  const queued = segments.filter(
    ({ kind, startMs, endMs }) => kind === 'queued' && endMs - startMs >= shortestQueueMs,
  );
  const work = segments.filter(({ kind }) => kind !== 'queued');
  const workers = Map.groupBy(
    work.toSorted((a, b) => a.startMs - b.startMs),
    ({ worker }) => worker,
  );
  const queue =
    queued.length > 0
      ? [
          {
            name: 'queued',
            rows: queued.map((one) => ({ kind: one.kind, segments: [one], height: heights.thin })),
          },
        ]
      : [];
  const lanes = [...workers].map(([name, of]): Lane => {
    const computing = of.filter(({ kind }) => kind === 'computing');
    const waiting = of.filter(({ kind }) => kind === 'waiting');
    const serial = packed(of).length === 1;
    if (serial) return { name, rows: [{ kind: 'computing', segments: of, height: heights.full }] };
    return {
      name,
      rows: [
        ...rowsOf('computing', computing, heights.full),
        ...rowsOf('waiting', waiting, heights.thin),
      ],
    };
  });
  return [...queue, ...lanes];
}

const rowsOf = (
  kind: Segment['kind'],
  segments: readonly Segment[],
  height: number,
): Lane['rows'] => packed(segments).map((row) => ({ kind, segments: row, height }));
