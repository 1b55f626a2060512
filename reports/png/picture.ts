import { light } from '../html/tones.ts';
import { type Brush, density, type Studio } from './studio.ts';

/** A part of a picture, as wide as its column. Lengths are in px of the layout. */
export interface Part {
  readonly height: number;
  /** Draws it with its top left corner at the origin. */
  readonly paint: (brush: Brush) => void;
}

/** The width of every part. */
export const columnWidth = 800;
const margin = 36;

/** A PNG of parts one under the other, on white. */
export async function picture(studio: Studio, parts: readonly Part[]): Promise<Uint8Array> {
  const height = parts.reduce((sum, part) => sum + part.height, 2 * margin);
  const canvas = studio.createCanvas(columnWidth + 2 * margin, Math.ceil(height));
  const brush = canvas.getContext('2d');
  brush.fillStyle = light.paper;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.scale(density, density);
  brush.translate(margin, margin);
  for (const part of parts) {
    brush.save();
    part.paint(brush);
    brush.restore();
    brush.translate(0, part.height);
  }
  return canvas.encode('png');
}

export const space = (height: number): Part => ({ height, paint: () => {} });
