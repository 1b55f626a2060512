import type { Look } from '../findings/palette.ts';
import { type Html, trusted } from './html.ts';

const paths: Readonly<Record<Look['shape'], string>> = {
  circle: '<circle cx="6" cy="6" r="5"/>',
  triangle: '<path d="M6 1 11 11H1z"/>',
  rect: '<path d="M1 1h10v10H1z"/>',
  rectRot: '<path d="M6 0l6 6-6 6-6-6z"/>',
  star: '<path d="M6 0v12M0 6h12M2 2l8 8M10 2l-8 8"/>',
};

/** The sign of a server: its model's shape in its hue, hollow for a real system. */
export function swatch(look: Look | undefined): Html | null {
  if (!look) return null;
  const hollow = look.hollow || look.shape === 'star' ? ' hollow' : '';
  return trusted(
    `<svg class="swatch hue-${look.hue}${hollow}" viewBox="-1 -1 14 14" aria-hidden="true">${paths[look.shape]}</svg>`,
  );
}
