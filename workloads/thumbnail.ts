import type { Task } from './runtime.ts';
import { scatter } from './scatter.ts';

/**
 * A picture that looks like a photograph of clouds, and its thumbnail: whole numbers only, so that every language
 * computes the same bytes. docs/wire-contract.md defines both.
 */
export interface Picture {
  /** In pixels; the height is three quarters of it. */
  readonly width: number;
  readonly seed: number;
}

const heightOf = (width: number): number => Math.floor((3 * width) / 4);

/** Smooth noise of each scale: the cells of its lattice, in pixels as a power of two, and its weight, in eighths. */
const noises = [
  { cell: 7, weight: 4 },
  { cell: 5, weight: 2 },
  { cell: 3, weight: 2 },
] as const;

/** A pixel of the thumbnail is the mean of 8 × 8 pixels. */
const box = 8;

/** Adds smooth noise to the light of each pixel: random values on a lattice, and weighted means between them. */
function addNoise(
  light: Uint16Array,
  { width, seed }: Picture,
  { cell, weight }: (typeof noises)[number],
): void {
  const size = 1 << cell;
  const columns = (width >> cell) + 2;
  const start = scatter(seed + cell);
  const lattice = (row: number, column: number) => scatter(start + row * columns + column) & 255;
  /** A row of the lattice with the means between its values, times the size of a cell. */
  const rowOf = (row: number): Int32Array => {
    const values = new Int32Array(width);
    for (let x = 0; x < width; x += 1) {
      const column = x >> cell;
      const right = x & (size - 1);
      values[x] = lattice(row, column) * (size - right) + lattice(row, column + 1) * right;
    }
    return values;
  };
  let above = rowOf(0);
  let below = rowOf(1);
  for (let y = 0, pixel = 0; y < heightOf(width); y += 1) {
    const down = y & (size - 1);
    if (down === 0 && y > 0) {
      above = below;
      below = rowOf((y >> cell) + 1);
    }
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const mean = at(above, x) * (size - down) + at(below, x) * down;
      light[pixel] = at(light, pixel) + (mean >> (2 * cell)) * weight;
    }
  }
}

/** Red, green and blue of each pixel, row by row. */
function takePicture(picture: Picture): Uint8Array {
  const { width, seed } = picture;
  const height = heightOf(width);
  const light = new Uint16Array(width * height);
  for (const noise of noises) addNoise(light, picture, noise);
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, pixel = 0; y < height; y += 1) {
    const dusk = Math.floor((255 * y) / height);
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const grain = scatter(seed + pixel) & 15;
      const bright = at(light, pixel) >> 3;
      pixels[3 * pixel] = ((bright * 240) >> 8) + grain;
      pixels[3 * pixel + 1] = (((3 * bright + dusk) * 60) >> 8) + grain;
      pixels[3 * pixel + 2] = (((bright + 255 - dusk) * 120) >> 8) + grain;
    }
  }
  return pixels;
}

/** The thumbnail by a box filter, as a file in the format PPM (https://netpbm.sourceforge.net/doc/ppm.html). */
function thumbnail(picture: Picture): Uint8Array<ArrayBuffer> {
  const pixels = takePicture(picture);
  const width = Math.floor(picture.width / box);
  const height = Math.floor(heightOf(picture.width) / box);
  const header = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + 3 * width * height);
  file.set(header);
  let end = header.length;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const corner = 3 * box * (row * picture.width + column);
      for (let colour = 0; colour < 3; colour += 1, end += 1) {
        let sum = 0;
        for (let y = 0; y < box; y += 1) {
          const left = corner + 3 * y * picture.width + colour;
          for (let x = 0; x < box; x += 1) sum += at(pixels, left + 3 * x);
        }
        file[end] = (sum + (box * box) / 2) / (box * box);
      }
    }
  }
  return file;
}

const at = (values: Uint8Array | Uint16Array | Int32Array, index: number): number =>
  values[index] as number;

export const thumbnailTask: Task<Picture, Uint8Array<ArrayBuffer>> = {
  moduleUrl: import.meta.url,
  exportName: 'thumbnailTask',
  run: thumbnail,
  transfer: (file) => [file.buffer],
};
