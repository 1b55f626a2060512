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

/** A label, and a text that is wrapped beside it and keeps its own line breaks. The label may be styled. */
export function hanging(label: string, text: string, width: number): string {
  const indent = stripVTControlCharacters(label).length;
  const lines = text.split('\n').map((line) => wrapped(line, width - indent));
  return label + lines.join('\n').replaceAll('\n', `\n${' '.repeat(indent)}`);
}
