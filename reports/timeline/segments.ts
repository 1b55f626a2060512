import type { TracedRequest, TracedRun } from '../../results/document/run-document.ts';
import type { Segment, SegmentKind } from './segment.ts';

type Numbered = TracedRequest & { readonly number: number };

/**
 * Splits each request's time into queue, wait and computation. A trace holds durations, not moments: computation is put
 * last, the wait before it, and the rest counts as time in a queue, whether the server saw the request there or not.
 * Work that a worker does one by one must not overlap, although a client that reads several answers at once suggests
 * so: computations where the worker is one thread, and waits too where the worker never had two requests in flight.
 */
export function segmentsOf({ requests }: TracedRun, oneThreadEach: boolean): Segment[] {
  const numbered = requests.map((request, number) => ({ ...request, number }));
  return [...Map.groupBy(numbered, ({ worker }) => worker).values()]
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

/** The time in which a worker may have served a request. */
interface Turn {
  readonly request: Numbered;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Turns of the given lengths that do not overlap, in the order of the answers, each as late as possible and none before
 * its request was sent. The turn of a request with length 0 lasts from its sending to its answer.
 */
function turnsOf(
  requests: readonly Numbered[],
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

/** A request's computation at the end of its turn, the wait before it but not before `earliestMs`, and the queue before both. */
function stretchesOf({ request, startMs, endMs }: Turn, earliestMs: number): Segment[] {
  const { sentMs, waitMs, computeMs, worker, class: className, number } = request;
  const computing = Math.max(startMs, endMs - computeMs);
  const waiting = Math.max(earliestMs, computing - waitMs);
  const stretches: [SegmentKind, number, number][] = [
    ['queued', sentMs, waiting],
    ['waiting', waiting, computing],
    ['computing', computing, endMs],
  ];
  return stretches
    .filter(([, from, to]) => to > from)
    .map(([kind, from, to]) => ({
      kind,
      startMs: from,
      endMs: to,
      worker,
      className,
      request: number,
    }));
}

/** Segments in the fewest rows without an overlap, each row in the order of time. */
export function packed(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.startMs - b.startMs)) {
    const row = rows.find((one) => (one.at(-1)?.endMs ?? 0) <= segment.startMs + 1e-6);
    if (row) row.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

/** The largest number of segments that overlap at one moment. */
export const mostAtOnce = (segments: readonly Segment[]): number => packed(segments).length;
