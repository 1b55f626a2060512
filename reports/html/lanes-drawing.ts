import type { Look } from '../findings/palette.ts';
import type { Lane } from '../timeline/lanes.ts';
import { layLanes } from '../timeline/lay-lanes.ts';
import { type Html, html, trusted } from './html.ts';
import { shortName } from './short-name.ts';

/** A server's lanes on a time axis that ends at `lastMs`, as a picture that scales. */
export function drawLanes(
  server: string,
  lanes: readonly Lane[],
  lastMs: number,
  look: Look | undefined,
  caption: string,
): Html {
  const { width, height, bottom, ticks, lanes: named, bars } = layLanes(lanes, lastMs);
  const end = bottom.toFixed(1);
  const axis = ticks.map(({ x, label }) => {
    const at = x.toFixed(1);
    return `<path class="grid" d="M${at} 0V${end}"/><text class="tick" x="${at}" y="${(bottom + 14).toFixed(1)}">${label}</text>`;
  });
  const names = named.map(
    ({ name, y }) =>
      html`<text class="lane" x="0" y="${(y + 10).toFixed(1)}">${shortName(name)}</text>`,
  );
  const rects = bars.map(
    ({ kind, x, y, width, height }) =>
      `<rect class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height}"/>`,
  );
  return html`<div class="scroll" role="region" aria-label="${`Timeline of ${server}`}" tabindex="0"><svg class="${`lanes hue-${look?.hue ?? 'other-3'}`}" viewBox="${`0 0 ${width} ${height.toFixed(0)}`}" role="img" aria-label="${`${server}: ${caption}`}">${trusted(axis.join(''))}${names}${trusted(rects.join(''))}</svg></div>`;
}
