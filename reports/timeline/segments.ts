import type { TracedRequest, TracedRun } from '../../results/run-document.ts';

export type SegmentKind = 'queued' | 'waiting' | 'computing';

/** A stretch of a request's time, in ms since the first request was sent. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly worker: string;
  readonly className: string;
}

/**
 * Where the time of each request went. A trace tells how long, not when: the work is drawn last, the wait before it,
 * and what is left before that was spent in a queue, whether the server saw it there or not. Where a worker is one
 * thread it computes one thing at a time, so a computation also ends before the worker's next one begins: a client that
 * reads several answers at once would otherwise make them seem to overlap.
 */
export function segmentsOf({ requests }: TracedRun, oneThreadEach: boolean): Segment[] {
  const beginningOfNext = new Map<string, number>();
  const segments = requests
    .toSorted((a, b) => b.answeredMs - a.answeredMs)
    .flatMap((request) => {
      const { sentMs, answeredMs, computeMs, worker } = request;
      const next = beginningOfNext.get(worker) ?? answeredMs;
      const computed = oneThreadEach && computeMs > 0 ? Math.min(answeredMs, next) : answeredMs;
      const computing = Math.max(sentMs, computed - computeMs);
      if (computeMs > 0) beginningOfNext.set(worker, computing);
      return stretchesOf(request, computing, Math.max(computing, computed));
    });
  return segments.sort((a, b) => a.startMs - b.startMs);
}

function stretchesOf(
  { sentMs, waitMs, worker, class: className }: TracedRequest,
  computing: number,
  computed: number,
): Segment[] {
  const waiting = Math.max(sentMs, computing - waitMs);
  const stretches: [SegmentKind, number, number][] = [
    ['queued', sentMs, waiting],
    ['waiting', waiting, computing],
    ['computing', computing, computed],
  ];
  return stretches
    .filter(([, startMs, endMs]) => endMs > startMs)
    .map(([kind, startMs, endMs]) => ({ kind, startMs, endMs, worker, className }));
}

/** Segments in as few rows as can hold them without an overlap, each row in the order of time. */
export function packed(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.startMs - b.startMs)) {
    const row = rows.find((one) => (one.at(-1)?.endMs ?? 0) <= segment.startMs + 1e-6);
    if (row) row.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

/** How many segments overlap where most do. */
export const mostAtOnce = (segments: readonly Segment[]): number => packed(segments).length;
