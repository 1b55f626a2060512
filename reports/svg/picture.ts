import { type Html, html, trusted } from '../drawing/markup.ts';
import { dark, drawingCss, font, light } from '../drawing/theme.ts';

/** A part of a picture; lengths are in px. */
export interface Part {
  readonly height: number;
  /** SVG with its top left corner at the origin. */
  readonly markup: Html;
}

/** The width of a picture without its margin. */
export const columnWidth = 800;
const margin = 24;

/**
 * A self-contained SVG of parts one below the other. It paints its own background, so that it can be read on a page of
 * any colour, and follows the reader's colour scheme where the program that shows it knows of one.
 */
export function picture(title: string, parts: readonly Part[]): string {
  const content = stack(parts);
  const width = columnWidth + 2 * margin;
  const height = Math.ceil(content.height) + 2 * margin;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${`0 0 ${width} ${height}`}" role="img" font-family="${font}">
<title>${title}</title>
<style>
${trusted(drawingCss(light))}@media (prefers-color-scheme: dark) {
${trusted(drawingCss(dark))}}
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
${moved(content, margin, margin).markup}</svg>
`.markup;
}

/** Parts one below the other. */
export function stack(parts: readonly Part[]): Part {
  let height = 0;
  const placed = parts.map((part) => {
    height += part.height;
    return moved(part, 0, height - part.height).markup;
  });
  return { height, markup: html`${placed}` };
}

export const moved = ({ height, markup }: Part, x: number, y: number): Part => ({
  height,
  markup: html`<g transform="${`translate(${x.toFixed(1)} ${y.toFixed(1)})`}">${markup}</g>\n`,
});

export const space = (height: number): Part => ({ height, markup: trusted('') });

export interface TextStyle {
  /** Font size in px. */
  readonly size: number;
  readonly bold?: boolean;
  readonly muted?: boolean;
  /** The width that a line may have; by default the picture's column. */
  readonly width?: number;
}

/** Text in lines. Fonts differ between machines: lines are broken by a generous estimate of their width. */
export function paragraph(text: string, style: TextStyle): Part {
  const { size, bold = false, muted = false, width = columnWidth } = style;
  const lineHeight = size * (size > 20 ? 1.25 : 1.4);
  const lines = linesOf(text, width / (bold ? 1.12 * size : size));
  const spans = lines.map(
    (line, index) =>
      html`<text class="${muted ? 'muted' : 'ink'}" y="${((index + 0.5) * lineHeight + 0.35 * size).toFixed(1)}" font-size="${size}"${trusted(bold ? ' font-weight="650"' : '')}>${line}</text>`,
  );
  return { height: lines.length * lineHeight, markup: html`${spans}` };
}

/** A text of any length, such as a server's name from outside, gets no more lines. */
const mostLines = 6;

/** Breaks text into lines of at most `widest` em, between words where possible and not before % or ×. */
export function linesOf(text: string, widest: number): string[] {
  const lines = [''];
  for (const word of text.slice(0, 2000).split(/\s+(?![%×])/)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (emWidth(longer) <= widest) lines[lines.length - 1] = longer;
    else if (line !== '' && emWidth(word) <= widest) lines.push(word);
    else {
      if (line !== '') lines.push('');
      for (const character of word) {
        const last = lines.at(-1) ?? '';
        if (emWidth(last + character) <= widest) lines[lines.length - 1] = last + character;
        else lines.push(character);
      }
    }
  }
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]?.slice(0, -2)}…`];
}

/** The width of a text in em, at the upper end of common sans-serif fonts. */
export function emWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[ .,:;'’|!()[\]ijlftrI1-]/.test(character)) width += character === '1' ? 0.6 : 0.38;
    else if (/[mwMW@%—]/.test(character)) width += 0.95;
    else if (/[A-Z–×]/.test(character)) width += 0.7;
    else width += character.charCodeAt(0) > 0x2e80 ? 1.1 : 0.59;
  }
  return width;
}
