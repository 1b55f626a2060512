/** A question to another machine for its clocks, in ms: sent and answered by the clock here, read there in between. */
export interface Ping {
  readonly sentMs: number;
  readonly answeredMs: number;
  /** Its monotonic clock. */
  readonly monotonicMs: number;
  /** How far its wall clock is ahead of the one here, had the answer taken no time. */
  readonly wallAheadMs: number;
}

/** How far the clocks of another machine are ahead of those here. The truth is at most half the round trip away. */
export interface ClockOffset {
  readonly roundTripMs: number;
  readonly monotonicAheadMs: number;
  readonly wallAheadMs: number;
}

/** Enough for the network to be idle during one of them; few enough for clocks not to drift apart meanwhile. */
const pingsKept = 50;

/**
 * Estimates how far the clocks of another machine are ahead, as NTP does: of several round trips the shortest was delayed
 * least, and its middle is when the other clock was read.
 */
export class ClockEstimate {
  readonly #offsets: ClockOffset[] = [];

  add({ sentMs, answeredMs, monotonicMs, wallAheadMs }: Ping): void {
    const roundTripMs = answeredMs - sentMs;
    this.#offsets.push({
      roundTripMs,
      monotonicAheadMs: monotonicMs - (sentMs + answeredMs) / 2,
      wallAheadMs: wallAheadMs + roundTripMs / 2,
    });
    if (this.#offsets.length > pingsKept) this.#offsets.shift();
  }

  /** Null before the first answer. */
  get best(): ClockOffset | null {
    const [first, ...others] = this.#offsets;
    if (!first) return null;
    return others.reduce((best, one) => (one.roundTripMs < best.roundTripMs ? one : best), first);
  }
}
