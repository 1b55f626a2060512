export type SegmentKind = 'queued' | 'waiting' | 'computing';

/** A stretch of a request's time, in ms since the first request was sent. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly worker: string;
  readonly className: string;
  /** The place of the request in the order of sending, from 0: a request has one segment of a kind at most. */
  readonly request: number;
}

/** What a page needs to play one server's timeline. */
export interface Played {
  readonly server: string;
  readonly segments: readonly Segment[];
  /** What computes, in words, where that is only one: "the loop". */
  readonly alone: string | null;
  /** Whether each worker serves one request at a time, so that a wait occupies it. */
  readonly oneByOne: boolean;
  /** How long a request of each class is meant to wait, in ms; 0 where it does not wait by the clock, as for a database. */
  readonly waits: Readonly<Record<string, number>>;
}
