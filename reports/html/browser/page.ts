import type { Chart as ChartJs } from 'chart.js';
import type { ChartSpec, Theme } from '../../drawing/chart-spec.ts';
import { barsConfiguration, barsHeight } from './bars.ts';
import { linesConfiguration } from './lines.ts';

/**
 * Draws the charts of the page that are in view of the layout, those in closed disclosures when they are opened, and all
 * again whenever the colour scheme changes or the page is printed.
 */
export function drawCharts(Chart: typeof ChartJs): void {
  const read = <Value>(id = ''): Value =>
    JSON.parse(document.getElementById(id)?.textContent ?? 'null') as Value;
  const themes = read<{ light: Theme; dark: Theme; font: string }>('themes');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map<HTMLCanvasElement, ChartJs>();
  const isHidden = (element: Element) => element.closest('details:not([open])') !== null;

  const draw = (printing: boolean, within: ParentNode = document) => {
    const theme = dark.matches && !printing ? themes.dark : themes.light;
    Chart.defaults.color = theme.muted;
    Chart.defaults.borderColor = theme.grid;
    for (const figure of within.querySelectorAll<HTMLElement>('.chart')) {
      const canvas = figure.querySelector('canvas');
      if (!canvas?.parentElement) continue;
      charts.get(canvas)?.destroy();
      charts.delete(canvas);
      if (isHidden(figure)) continue;
      const spec = read<ChartSpec>(figure.dataset['spec']);
      if (spec.kind === 'bars') canvas.parentElement.style.height = `${barsHeight(spec)}px`;
      const configuration =
        spec.kind === 'bars' ? barsConfiguration(spec, theme) : linesConfiguration(spec, theme);
      charts.set(canvas, new Chart(canvas, configuration));
    }
  };

  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.plugins.legend.display = false;
  Object.assign(Chart.defaults.font, { family: themes.font, size: 13 });
  dark.addEventListener('change', () => draw(false));
  for (const details of document.querySelectorAll('details.more')) {
    details.addEventListener('toggle', () => draw(false, details));
  }
  document.addEventListener('redraw', ({ target }) => {
    if (target instanceof Element && target.parentElement) draw(false, target.parentElement);
  });
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [
      ...document.querySelectorAll<HTMLDetailsElement>('details[data-print=open]:not([open])'),
    ];
    for (const details of opened) details.open = true;
    draw(true);
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    draw(false);
  });
  draw(false);
}

/** Lets the reader save the run document, which the page carries. */
export function offerRun(): void {
  const button = document.getElementById('save-run');
  const embedded = document.getElementById('run-document');
  if (!button || !embedded) return;
  button.hidden = false;
  button.addEventListener('click', () =>
    download(new Blob([embedded.textContent], { type: 'application/json' }), 'run.json'),
  );
}

/** Gives every figure with a drawing a button that saves it as a PNG. */
export function offerPictures(Chart: typeof ChartJs): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure')) {
    if (!figure.querySelector('canvas, svg.lanes')) continue;
    const heading = figure.closest('section')?.querySelector('h2')?.textContent ?? '';
    const title = `${heading}: ${figure.querySelector('h3, strong')?.textContent}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'save';
    button.textContent = 'Save picture';
    button.setAttribute('aria-label', `Save picture: ${title}`);
    button.addEventListener('click', () => {
      const name = title
        .slice(0, 80)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-');
      pictureOf(figure, title, Chart)
        .then((picture) => picture.toBlob((blob) => blob && download(blob, `${name}.png`)))
        .catch((error: unknown) => console.error(error));
    });
    figure.querySelector(':scope > details')?.before(button);
  }
}

/** The charts and lanes of a figure under its title, in the colours and places that they have on the page. */
export async function pictureOf(
  figure: HTMLElement,
  title: string,
  Chart: typeof ChartJs,
): Promise<HTMLCanvasElement> {
  const [scale, margin, head] = [2, 16, figure.dataset['note'] ? 52 : 34];
  const parts = [...figure.querySelectorAll('h4, canvas, svg.lanes')].map((part) => ({
    part,
    box: part.getBoundingClientRect(),
  }));
  const left = Math.min(...parts.map(({ box }) => box.left));
  const top = Math.min(...parts.map(({ box }) => box.top));
  const width = Math.max(...parts.map(({ box }) => box.right)) - left;
  const height = Math.max(...parts.map(({ box }) => box.bottom)) - top;
  const picture = document.createElement('canvas');
  picture.width = scale * (width + 2 * margin);
  picture.height = scale * (height + 2 * margin + head);
  const context = picture.getContext('2d');
  if (!context) return picture;
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
  const write = (text: string, font: string, x: number, y: number) => {
    context.font = `${font} ${fontFamily}`;
    context.fillText(text, x, y, width);
  };
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = color;
  context.textBaseline = 'top';
  context.scale(scale, scale);
  context.translate(margin, margin);
  write(title, 'bold 16px', 0, 0);
  write(figure.dataset['note'] ?? '', '13px', 0, 24);
  context.translate(-left, head - top);
  for (const { part, box } of parts) {
    if (part instanceof HTMLHeadingElement) {
      write(part.textContent, 'bold 13px', box.left, box.top);
      continue;
    }
    const chart = part instanceof HTMLCanvasElement ? Chart.getChart(part) : undefined;
    if (chart) {
      chart.options.devicePixelRatio = Math.max(scale, devicePixelRatio);
      chart.resize();
    }
    const image = part instanceof HTMLCanvasElement ? part : await svgImage(part, box);
    context.drawImage(image, box.left, box.top, box.width, box.height);
  }
  return picture;
}

/** An inline SVG as an image: the page's style sheet does not reach into images, so that each element gets its colours. */
export async function svgImage(
  svg: Element,
  { width, height }: DOMRect,
): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as Element;
  const originals = svg.querySelectorAll('*');
  for (const [index, element] of copy.querySelectorAll('*').entries()) {
    const style = getComputedStyle(originals[index] ?? svg);
    for (const name of ['fill', 'fill-opacity', 'stroke', 'font-family']) {
      element.setAttribute(name, style.getPropertyValue(name));
    }
  }
  copy.setAttribute('width', `${width}`);
  copy.setAttribute('height', `${height}`);
  const image = new Image();
  const markup = new XMLSerializer().serializeToString(copy);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
  await image.decode();
  return image;
}

/** Hands a file to the reader, as if a link to it had been clicked. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
