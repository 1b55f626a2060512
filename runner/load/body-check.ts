/** Compares the body of an answer, as it comes, with the one expected; keeps none of it. */
export class BodyCheck {
  #expected: Buffer | null = null;
  #bytes = 0;
  #matchesSoFar = true;

  /** @param expected null where any body is right */
  begin(expected: Buffer | null): void {
    this.#expected = expected;
    this.#bytes = 0;
    this.#matchesSoFar = true;
  }

  add(chunk: Buffer, start = 0, end = chunk.length): void {
    const expected = this.#expected;
    const from = this.#bytes;
    this.#bytes += end - start;
    if (!expected || !this.#matchesSoFar) return;
    this.#matchesSoFar =
      this.#bytes <= expected.length &&
      chunk.compare(expected, from, this.#bytes, start, end) === 0;
  }

  /** Whether the body, now complete, is the one expected. */
  get matches(): boolean {
    return !this.#expected || (this.#matchesSoFar && this.#bytes === this.#expected.length);
  }
}
