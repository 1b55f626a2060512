import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { ChartConfiguration } from 'chart.js';
import { RenderError } from '../render-error.ts';
import { chooseFont } from './choose-font.ts';

export type Brush = SKRSContext2D;

/** Pixels for each px of the layout: sharp on dense screens, and where a page shrinks the picture. */
export const density = 2;

/** What pictures are drawn with. Lengths are in px of the layout. */
export interface Studio {
  /** The font family, as CSS writes it. */
  readonly font: string;
  createCanvas(width: number, height: number): Canvas;
  /** A chart as a canvas of its own. */
  drawChart(configuration: ChartConfiguration, width: number, height: number): Canvas;
}

/**
 * Loads the libraries that draw without a browser: only when a picture is asked for, since they are large.
 *
 * @throws RenderError where they have no build for this platform, or no font is installed
 */
export async function openStudio(): Promise<Studio> {
  const [{ createCanvas, GlobalFonts }, { Chart }] = await Promise.all([
    loadCanvas(),
    import('chart.js/auto'),
  ]);
  const family = chooseFont(GlobalFonts.families.map(({ family }) => family));
  const font = `"${family}"`;
  Object.assign(Chart.defaults, { animation: false, responsive: false, devicePixelRatio: density });
  Object.assign(Chart.defaults.font, { family: font, size: 13 });
  return {
    font,
    createCanvas: (width, height) => createCanvas(width * density, height * density),
    drawChart(configuration, width, height) {
      const canvas = createCanvas(width, height);
      const chart = new Chart(canvas, configuration);
      chart.stop();
      return canvas;
    },
  };
}

async function loadCanvas() {
  try {
    return await import('@napi-rs/canvas');
  } catch (error) {
    throw new RenderError(
      `PNG files are drawn by the package @napi-rs/canvas, which cannot be loaded here: ${String(error)}`,
    );
  }
}
