import type { TracedRequest, TracedRun } from '../../results/document/run-document.ts';

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
 * and what is left before that was spent in a queue, whether the server saw it there or not. But what a worker does one
 * by one never overlaps, though a client that reads several answers at once makes it seem so: computations where the
 * worker is one thread, and waits too where no request ever met another.
 */
export function segmentsOf({ requests }: TracedRun, oneThreadEach: boolean): Segment[] {
  return [...Map.groupBy(requests, ({ worker }) => worker).values()]
    .flatMap((ofWorker) => {
      const oneByOne = ofWorker.every(({ inFlight }) => inFlight === 1);
      const lengthMs = ({ waitMs, computeMs }: TracedRequest): number =>
        oneByOne ? waitMs + computeMs : oneThreadEach ? computeMs : 0;
      return turnsOf(ofWorker, lengthMs).flatMap((turn) =>
        stretchesOf(turn, oneByOne ? turn.startMs : turn.request.sentMs),
      );
    })
    .sort((a, b) => a.startMs - b.startMs);
}

/** When a request may have had its worker. */
interface Turn {
  readonly request: TracedRequest;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Turns of these lengths that do not overlap, in the order of the answers, each as late as it may be and none before its
 * request was sent. Those that take no turn have all the time until their answer.
 */
function turnsOf(
  requests: readonly TracedRequest[],
  lengthMs: (request: TracedRequest) => number,
): Turn[] {
  const takesTurn = (request: TracedRequest) => lengthMs(request) > 0;
  let nextMs = Number.POSITIVE_INFINITY;
  const latest = requests
    .filter(takesTurn)
    .sort((a, b) => b.answeredMs - a.answeredMs)
    .map((request) => {
      nextMs = Math.min(request.answeredMs, nextMs) - lengthMs(request);
      return { request, latestMs: nextMs };
    });
  let previousMs = 0;
  const turns = latest.toReversed().map(({ request, latestMs }) => {
    const startMs = Math.max(latestMs, request.sentMs, previousMs);
    previousMs = Math.max(startMs, Math.min(request.answeredMs, startMs + lengthMs(request)));
    return { request, startMs, endMs: previousMs };
  });
  const free = requests.filter((request) => !takesTurn(request));
  return [
    ...turns,
    ...free.map((request) => ({ request, startMs: request.sentMs, endMs: request.answeredMs })),
  ];
}

/** A request's computation at the end of its turn, the wait before it as far back as `earliestMs`, and the queue before both. */
function stretchesOf({ request, startMs, endMs }: Turn, earliestMs: number): Segment[] {
  const { sentMs, waitMs, computeMs, worker, class: className } = request;
  const computing = Math.max(startMs, endMs - computeMs);
  const waiting = Math.max(earliestMs, computing - waitMs);
  const stretches: [SegmentKind, number, number][] = [
    ['queued', sentMs, waiting],
    ['waiting', waiting, computing],
    ['computing', computing, endMs],
  ];
  return stretches
    .filter(([, from, to]) => to > from)
    .map(([kind, from, to]) => ({ kind, startMs: from, endMs: to, worker, className }));
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
