import { stripVTControlCharacters, styleText } from 'node:util';

/** Text from outside without what could control the terminal. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/\p{Cc}+/gu, ' ');

/** Text broken between words, but not before % or ×, into lines of at most `width` characters; a longer word is cut. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [''];
  for (const word of text.split(/ (?![%×])/)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    const pieces = word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [word];
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.splice(line === '' ? -1 : lines.length, 1, ...pieces);
  }
  return lines.join('\n');
}

/** A label, which may be styled, and a text beside it: its long lines are wrapped, the others stay as they are. */
export function hanging(label: string, text: string, width: number): string {
  const indent = stripVTControlCharacters(label).length;
  const room = width - indent;
  const lines = text.split('\n').map((line) => (line.length > room ? wrapped(line, room) : line));
  return label + lines.join('\n').replaceAll('\n', `\n${' '.repeat(indent)}`);
}

export type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  readonly color: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
}

/** Width and colours of a stream: 80 columns where it is no terminal. */
export const terminalOf = (stream: NodeJS.WriteStream): TerminalOptions => ({
  color: stream.isTTY && stream.hasColors(),
  columns: stream.columns || 80,
});

/** Longest paragraph in characters: a failing server may print far more. */
const longestParagraph = 500;

/** Functions that colour and wrap text for a terminal. */
export function writerFor({ color, columns }: TerminalOptions) {
  const width = Math.max(40, Math.min(columns, 120));
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  /** Text on lines that begin below each other, the first one after a prefix. */
  const paragraph = (text: string, prefix = '', style: Style = []): string =>
    hanging(paint(style, prefix), printable(text).slice(0, longestParagraph), width);
  return { width, paint, paragraph };
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A horizontal bar, to an eighth of a character; a share above 0 is always visible. */
export function bar(share: number, width: number): string {
  const length = Math.round(Math.min(Math.max(share, 0), 1) * width * 8);
  const shown = share > 0 && width > 0 ? Math.max(1, length) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + (eighths[shown % 8] ?? '');
}
