import { stripVTControlCharacters } from 'node:util';

/** Text broken between words, but not before % or ×, into lines of at most `width` characters; a longer word has a line to itself. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [''];
  for (const word of text.split(/ (?![%×])/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
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
