import type { Readable } from 'node:stream';

const charactersKept = 16_384;
const linesTold = 20;

/** Reads whatever the streams print, so that a talkative process never blocks, and keeps only the end of it. */
export class OutputTail {
  #text = '';

  constructor(...streams: readonly Readable[]) {
    for (const stream of streams) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        this.#text = (this.#text + text).slice(-charactersKept);
      });
      stream.on('error', () => undefined);
    }
  }

  /** The last lines, without the line end that closes them. */
  toString(): string {
    return this.#text.trimEnd().split('\n').slice(-linesTold).join('\n');
  }
}
