import type { Played, Segment } from './segment.ts';

/** Where the requests of a timeline are at one moment. */
export interface Counts {
  readonly unsent: number;
  readonly queued: number;
  readonly waiting: number;
  readonly computing: number;
  readonly answered: number;
}

/** A time with the digits that a reader can use: "4.2 ms", "42 ms". */
export function inMs(ms: number): string {
  return `${ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

/** "1 request", "11 requests" */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** The segments that contain a moment. */
export function segmentsAt(segments: readonly Segment[], ms: number): Segment[] {
  return segments.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);
}

/** How many requests have not been sent, are in a queue, wait, compute, and are answered. */
export function countsAt(segments: readonly Segment[], ms: number): Counts {
  const byRequest = Map.groupBy(segments, ({ request }) => request);
  let [unsent, answered] = [0, 0];
  for (const of of byRequest.values()) {
    if (of.every(({ startMs }) => ms < startMs)) unsent += 1;
    else if (of.every(({ endMs }) => endMs <= ms)) answered += 1;
  }
  const now = segmentsAt(segments, ms);
  const count = (kind: Segment['kind']) => now.filter((one) => one.kind === kind).length;
  return {
    unsent,
    answered,
    queued: count('queued'),
    waiting: count('waiting'),
    computing: count('computing'),
  };
}

/** What a server does at a moment: "t = 42 ms: the loop is computing; 11 requests in its queue." */
export function momentCaption({ segments, alone, oneByOne }: Played, ms: number): string {
  const { unsent, queued, waiting, computing, answered } = countsAt(segments, ms);
  const say = (text: string) => `t = ${inMs(ms)}: ${text}.`;
  const requests = unsent + queued + waiting + computing + answered;
  if (answered === requests) return say(`all ${countOf(requests, 'request')} are answered`);
  if (unsent === requests) return say('nothing has been sent');
  if (oneByOne) return say(occupiedWorkers(segments, ms));
  if (computing > 0 && alone !== null && computing === 1) {
    const queue = queued > 0 ? `; ${countOf(queued, 'request')} in its queue` : '';
    const meanwhile =
      queued === 0 && waiting > 0 ? `; ${countOf(waiting, 'request')} waiting meanwhile` : '';
    return say(`${alone} is computing${queue}${meanwhile}`);
  }
  const parts = [
    computing > 0
      ? `${countOf(computing, 'request')} ${computing === 1 ? 'computes' : 'compute at once'}`
      : 'nothing computes',
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'waits' : 'wait at once'}`] : []),
    ...(queued > 0 ? [`${queued} in a queue`] : []),
  ];
  return say(computing + waiting + queued === 0 ? 'no request is in flight' : parts.join('; '));
}

/** What occupies workers that serve one request at a time: "5 of 5 workers are occupied, 3 by waits; 12 requests in a queue" */
export function occupiedWorkers(segments: readonly Segment[], ms: number): string {
  const works = (one: Segment) => one.kind !== 'queued';
  const all = new Set(segments.filter(works).map(({ worker }) => worker)).size;
  const now = segmentsAt(segments, ms);
  const occupied = now.filter(works);
  const waits = occupied.filter(({ kind }) => kind === 'waiting').length;
  const queued = now.length - occupied.length;
  const by =
    waits > 0 ? `, ${waits === occupied.length ? 'all' : waits} by waits` : ' by computations';
  return [
    occupied.length === 0
      ? `none of ${countOf(all, 'worker')} is occupied`
      : `${occupied.length} of ${countOf(all, 'worker')} ${occupied.length === 1 ? 'is' : 'are'} occupied${by}`,
    ...(queued > 0 ? [`${countOf(queued, 'request')} in a queue`] : []),
  ].join('; ');
}
