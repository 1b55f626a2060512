import type { PackedValue } from './packed-argument.ts';

/**
 * The run queue, in memory that all threads share: a table of slots, each empty or holding one computation.
 * Netpollers put computations in; an idle worker thread takes the oldest one by itself, and sleeps while there is
 * none. There are no locks, so a thread may be suspended or killed at any point: a slot's state is always right.
 */

/** The states of a slot: it belongs to the netpoller, to any worker, or to one worker (2 plus the worker's number). */
const empty = 0;
const ready = 1;
const takenByFirst = 2;

const header = { arrivals: 0, turns: 1, unanswered: 2, words: 16 } as const;
const word = { state: 0, turn: 1, task: 2, form: 3, timed: 4, bytes: 5 } as const;
const slotWords = 64;
const capacity = (slotWords - word.bytes) * 4;

/** The forms of an argument in its slot, other than a length in bytes. */
const wholeNumber = -1;
const elsewhere = -2;

const spinMs = 0.02;

export class RunQueue {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  readonly #slots: number;

  static allocate(slots: number): SharedArrayBuffer {
    return new SharedArrayBuffer((header.words + slots * slotWords) * 4);
  }

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
    this.#bytes = new Uint8Array(memory);
    this.#slots = (this.#words.length - header.words) / slotWords;
  }

  /**
   * Puts a computation at the end of the queue and wakes an idle worker. The slot must be the caller's own, and its last
   * computation answered, withdrawn, or lost with its worker.
   */
  put(slot: number, task: number, argument: PackedValue | undefined, timed: boolean): void {
    const at = offset(slot);
    this.#words[at + word.task] = task;
    this.#words[at + word.timed] = Number(timed);
    this.#write(at, argument);
    this.#words[at + word.turn] = Atomics.add(this.#words, header.turns, 1);
    Atomics.store(this.#words, at + word.state, ready);
    Atomics.add(this.#words, header.arrivals, 1);
    Atomics.notify(this.#words, header.arrivals, 1);
  }

  /** Waits until there is a computation, and gives the slot of the oldest one to the worker. */
  take(worker: number): number {
    for (;;) {
      const arrivals = Atomics.load(this.#words, header.arrivals);
      const slot = this.#first();
      if (slot === undefined) this.#waitForArrival(arrivals);
      else if (this.#pass(slot, ready, takenByFirst + worker)) return slot;
    }
  }

  /** Takes back a computation that no worker has begun; false if one has. */
  withdraw(slot: number): boolean {
    return this.#pass(slot, ready, empty);
  }

  isTakenBy(slot: number, worker: number): boolean {
    return Atomics.load(this.#words, offset(slot) + word.state) === takenByFirst + worker;
  }

  taskIn(slot: number): number {
    return this.#words[offset(slot) + word.task] as number;
  }

  isTimed(slot: number): boolean {
    return this.#words[offset(slot) + word.timed] === 1;
  }

  /** A copy of the argument in a slot; undefined if the netpoller has to send it: it is too large, or to be moved. */
  argumentIn(slot: number): PackedValue | undefined {
    const at = offset(slot);
    const form = this.#words[at + word.form] as number;
    if (form === elsewhere) return undefined;
    if (form === wholeNumber) return this.#words[at + word.bytes];
    const start = (at + word.bytes) * 4;
    return this.#bytes.slice(start, start + form);
  }

  /** Counts the computations that are submitted and not answered, over all netpollers. */
  addUnanswered(count: number): number {
    return Atomics.add(this.#words, header.unanswered, count) + count;
  }

  #write(at: number, argument: PackedValue | undefined): void {
    if (typeof argument === 'number') {
      this.#words[at + word.form] = wholeNumber;
      this.#words[at + word.bytes] = argument;
    } else if (argument !== undefined && argument.length <= capacity) {
      this.#words[at + word.form] = argument.length;
      this.#bytes.set(argument, (at + word.bytes) * 4);
    } else {
      this.#words[at + word.form] = elsewhere;
    }
  }

  /** Spins for a moment before it sleeps: waking an idle core takes longer than a short computation. */
  #waitForArrival(arrivals: number): void {
    const sleepFromMs = performance.now() + spinMs;
    while (performance.now() < sleepFromMs) {
      if (Atomics.load(this.#words, header.arrivals) !== arrivals) return;
    }
    Atomics.wait(this.#words, header.arrivals, arrivals);
  }

  #first(): number | undefined {
    let first: number | undefined;
    let firstTurn = 0;
    for (let slot = 0; slot < this.#slots; slot++) {
      const at = offset(slot);
      if (Atomics.load(this.#words, at + word.state) !== ready) continue;
      const turn = this.#words[at + word.turn] as number;
      // By difference, since turns wrap around after 2³² computations.
      if (first !== undefined && ((turn - firstTurn) | 0) >= 0) continue;
      first = slot;
      firstTurn = turn;
    }
    return first;
  }

  #pass(slot: number, from: number, to: number): boolean {
    return Atomics.compareExchange(this.#words, offset(slot) + word.state, from, to) === from;
  }
}

const offset = (slot: number): number => header.words + slot * slotWords;
