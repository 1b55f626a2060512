/** Counters this far apart are in cache lines of their own: threads that count do not slow each other down. */
const bytesApart = 128;
const wordsApart = bytesApart / Int32Array.BYTES_PER_ELEMENT;

/** How many connections each event loop has, in memory that all threads share. */
export class ConnectionCounts {
  readonly memory: SharedArrayBuffer;
  readonly #counts: Int32Array;
  readonly #loops: number;
  /** The loop that is preferred among equals: the one after the last. */
  #next = 0;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#counts = new Int32Array(memory);
    this.#loops = memory.byteLength / bytesApart;
  }

  static allocate(loops: number): ConnectionCounts {
    return new ConnectionCounts(new SharedArrayBuffer(loops * bytesApart));
  }

  /** Counts a connection for the loop that has the fewest; only the acceptor calls this. @returns the loop's index */
  addToFewest(): number {
    let fewest = this.#next;
    for (let step = 1; step < this.#loops; step += 1) {
      const loop = (this.#next + step) % this.#loops;
      if (this.of(loop) < this.of(fewest)) fewest = loop;
    }
    this.#next = (fewest + 1) % this.#loops;
    Atomics.add(this.#counts, fewest * wordsApart, 1);
    return fewest;
  }

  remove(loop: number): void {
    Atomics.sub(this.#counts, loop * wordsApart, 1);
  }

  of(loop: number): number {
    return Atomics.load(this.#counts, loop * wordsApart);
  }
}
