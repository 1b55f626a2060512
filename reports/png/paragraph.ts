import { light } from '../html/tones.ts';
import { columnWidth, type Part } from './picture.ts';
import type { Studio } from './studio.ts';

export interface Lettering {
  /** In px. */
  readonly size: number;
  readonly bold?: boolean;
  readonly muted?: boolean;
}

/** Whoever gives a server a name as long as a page gets no more than this of it. */
const mostLines = 6;

/** Text in lines as wide as the column at most. */
export function paragraph(studio: Studio, text: string, lettering: Lettering): Part {
  const { size, bold = false, muted = false } = lettering;
  const font = `${bold ? 'bold ' : ''}${size}px ${studio.font}`;
  const ruler = studio.createCanvas(1, 1).getContext('2d');
  ruler.font = font;
  const lines = linesOf(text, (line) => ruler.measureText(line).width <= columnWidth);
  const lineHeight = size * (size > 20 ? 1.25 : 1.45);
  return {
    height: lines.length * lineHeight,
    paint(brush) {
      brush.font = font;
      brush.fillStyle = muted ? light.muted : light.ink;
      brush.textBaseline = 'middle';
      for (const [index, line] of lines.entries()) {
        brush.fillText(line, 0, (index + 0.5) * lineHeight);
      }
    },
  };
}

/** Breaks text between words, but not before % or ×, and within a word that fits no line; what is too long ends in "…". */
export function linesOf(text: string, fits: (line: string) => boolean): string[] {
  const lines = [''];
  for (const word of text.split(/\s+(?![%×])/)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      lines[lines.length - 1] = longer;
      continue;
    }
    if (line === '') lines.pop();
    lines.push(...piecesOf(word, fits, mostLines + 1 - lines.length));
    if (lines.length > mostLines) break;
  }
  if (lines.length <= mostLines) return lines;
  const last = Array.from(lines[mostLines - 1] ?? '');
  while (last.length > 0 && !fits(`${last.join('')}…`)) last.pop();
  return [...lines.slice(0, mostLines - 1), `${last.join('')}…`];
}

/** A word in as many pieces as it needs, but no more than are asked for. */
function piecesOf(word: string, fits: (line: string) => boolean, most: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const piece = pieces.at(-1) ?? '';
    if (piece === '' || fits(piece + character)) pieces[pieces.length - 1] = piece + character;
    else if (pieces.length < most) pieces.push(character);
    else break;
  }
  return pieces;
}
