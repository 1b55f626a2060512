import type { SeriesStyle } from './chart-spec.ts';
import { type Html, trusted } from './markup.ts';

const paths: Readonly<Record<SeriesStyle['shape'], string>> = {
  circle: '<circle cx="6" cy="6" r="5"/>',
  triangle: '<path d="M6 1 11 11H1z"/>',
  rect: '<path d="M1 1h10v10H1z"/>',
  rectRot: '<path d="M6 0l6 6-6 6-6-6z"/>',
  star: '<path d="M6 0v12M0 6h12M2 2l8 8M10 2l-8 8"/>',
};

/** The sign of a server beside its name: its shape in its colour, hollow for a reference. */
export function swatch({ color, hollow, shape }: SeriesStyle): Html {
  const fill = hollow || shape === 'star' ? ' hollow' : '';
  return trusted(
    `<svg class="swatch color-${color}${fill}" width="13" height="13" viewBox="-1 -1 14 14" aria-hidden="true">${paths[shape]}</svg>`,
  );
}
