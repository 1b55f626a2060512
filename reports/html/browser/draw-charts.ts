import type { ChartSpec } from '../chart-spec.ts';
import { barsConfiguration, barsHeight } from './bars.ts';
import type { DrawnChart, Page } from './dom.ts';
import { linesConfiguration } from './lines.ts';
import type { Tones } from './tones.ts';

/** Draws every chart of the page, and again whenever the colours change or the page is printed. */
export function drawCharts(page: Page): void {
  const { Chart, document } = page;
  const read = <Value>(selector: string): Value =>
    JSON.parse(document.querySelector(selector)?.textContent ?? 'null') as Value;
  const schemes = read<{ light: Tones; dark: Tones; font: string }>('#tones');
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  let drawn: DrawnChart[] = [];

  const draw = (printing: boolean) => {
    for (const chart of drawn) chart.destroy();
    const tones = dark.matches && !printing ? schemes.dark : schemes.light;
    drawn = [...document.querySelectorAll('.chart')].flatMap((figure) => {
      const canvas = figure.querySelector('canvas');
      const spec = read<ChartSpec>(`#${figure.dataset['spec']}`);
      const frame = figure.querySelector('.canvas');
      if (!canvas || !frame) return [];
      if (spec.kind === 'bars') frame.style.height = `${barsHeight(spec)}px`;
      const configuration =
        spec.kind === 'bars' ? barsConfiguration(spec, tones) : linesConfiguration(spec, tones);
      return [new Chart(canvas, configuration)];
    });
  };

  Chart.defaults.animation = false;
  Chart.defaults.font.family = schemes.font;
  Chart.defaults.font.size = 13;
  dark.addEventListener('change', () => draw(false));
  page.addEventListener('beforeprint', () => draw(true));
  page.addEventListener('afterprint', () => draw(false));
  draw(false);
}
