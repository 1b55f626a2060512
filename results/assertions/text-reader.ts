/** A mistake in a text that a person wrote, and the place of it. */
export class TextError extends Error {
  override readonly name = 'TextError';
  /** In characters from the start of the text. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Reads a text from left to right; spaces between its parts do not count. */
export class TextReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpaces();
  }

  get at(): number {
    return this.#at;
  }

  /** What a sticky pattern matches here; null, and stays, where it does not. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [found = null] = pattern.exec(this.#text) ?? [];
    if (found !== null) this.#advance(found.length);
    return found;
  }

  /** The longest of these names that the text has here, with or without quotes; null, and stays, for any other. */
  takeName<Name extends string>(names: readonly Name[]): Name | null {
    const rest = this.#text.slice(this.#at);
    const written = names
      .flatMap((name) => [
        { name, as: `"${name}"` },
        { name, as: name },
      ])
      .toSorted((a, b) => b.as.length - a.as.length)
      .find(({ as }) => rest.startsWith(as) && /^(?:[\s/<>]|$)/.test(rest.slice(as.length)));
    if (!written) return null;
    this.#advance(written.as.length);
    return written.name;
  }

  /** Fails at this place, with the word that is there: `"p98" is not a metric`. */
  fail(describe: (word: string) => string, at = this.#at): never {
    const [word = ''] = /^(?:"[^"]*"?|[^\s"<>]+|[<>]=|.?)/s.exec(this.#text.slice(at)) ?? [];
    throw new TextError(describe(word === '' ? 'the end' : `"${word.replaceAll('"', '')}"`), at);
  }

  #advance(length: number): void {
    this.#at += length;
    this.#skipSpaces();
  }

  #skipSpaces(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}
