import type { SeriesStyle } from '../drawing/chart-spec.ts';
import { type Html, html, trusted } from '../drawing/markup.ts';
import { shortName } from '../drawing/theme.ts';
import { type Lane, layOutLanes } from './lanes.ts';
import type { SegmentKind } from './segments.ts';

/** A piece of SVG with its size in px. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly markup: Html;
}

/** A server's lanes on a time axis that ends at `lastMs`, as the inside of an SVG element. */
export function drawLanes(lanes: readonly Lane[], lastMs: number, style: SeriesStyle): Drawing {
  const { width, height, bottom, ticks, names, bars } = layOutLanes(lanes, lastMs);
  const px = (value: number) => value.toFixed(1);
  const axis = ticks.map(
    ({ x, label }) =>
      `<path class="line" d="M${px(x)} 0V${px(bottom)}"/><text class="muted flat" x="${px(x)}" y="${px(bottom + 15)}" font-size="12" text-anchor="middle">${label}</text>`,
  );
  const labels = names.map(
    ({ name, y }) =>
      html`<text class="muted flat" x="0" y="${px(y + 10)}" font-size="12">${shortName(name)}</text>`,
  );
  const rects = bars.map(
    ({ kind, x, y, width, height }) =>
      `<rect class="${kind} flat" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${height}"/>`,
  );
  const markup = html`<g class="${`color-${style.color}`}">${trusted(axis.join(''))}${labels}${trusted(rects.join(''))}</g>`;
  return { width, height, markup };
}

/** What the kinds of segments mean, in the order of a legend. */
export const segmentMeanings: readonly (readonly [SegmentKind, string])[] = [
  ['queued', 'in a queue'],
  ['waiting', 'waiting, as for a database'],
  ['computing', 'computing'],
];

/** A legend's sample of a kind of segment, 24 × 10 px: a stripe in the colour of each server. */
export function segmentSample(kind: SegmentKind, styles: readonly SeriesStyle[]): Html {
  const colors = kind === 'queued' ? ['muted'] : [...new Set(styles.map(({ color }) => color))];
  const width = 24 / colors.length;
  return trusted(
    colors
      .map(
        (color, index) =>
          `<g class="color-${color}"><rect class="${kind} flat" x="${(width * index).toFixed(1)}" width="${width.toFixed(1)}" height="10"/></g>`,
      )
      .join(''),
  );
}
