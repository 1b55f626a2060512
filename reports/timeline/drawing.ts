import { formatNumber } from '../../results/format.ts';
import type { SeriesStyle } from '../drawing/chart-spec.ts';
import { type Html, html, trusted } from '../drawing/markup.ts';
import { shortName } from '../drawing/theme.ts';
import type { Lane } from './lanes.ts';
import type { SegmentKind } from './segment.ts';

/** A piece of SVG with its size in px. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly markup: Html;
}

const width = 800;
const margin = { left: 96, right: 28, top: 4 };

/** Where time begins and ends in the drawing of lanes, in px. */
export const timeSpan = { fromX: margin.left, toX: width - margin.right };

const gap = { row: 0.5, lane: 5 };
const shortestLane = 12;
const axisHeight = 22;
const narrowestBar = 0.75;

/** A server's lanes one below the other, on a time axis that ends at `lastMs`, as the inside of an SVG element. */
export function drawLanes(lanes: readonly Lane[], lastMs: number, style: SeriesStyle): Drawing {
  const toX = (ms: number) => margin.left + ((width - margin.left - margin.right) * ms) / lastMs;
  const names: Html[] = [];
  const bars: string[] = [];
  let top = margin.top;
  for (const { name, rows } of lanes) {
    names.push(
      html`<text class="muted flat" x="0" y="${px(top + 10)}" font-size="12">${shortName(name)}</text>`,
    );
    let y = top;
    for (const { segments, height } of rows) {
      for (const { kind, startMs, endMs, request } of segments) {
        const x = toX(startMs);
        const length = Math.max(narrowestBar, toX(endMs) - x - 0.4);
        bars.push(
          `<rect class="${kind} flat" data-request="${request}" x="${px(x)}" y="${px(y)}" width="${px(length)}" height="${height}"/>`,
        );
      }
      y += height + gap.row;
    }
    top += Math.max(shortestLane, y - top) + gap.lane;
  }
  const axis = roundTimes(lastMs).map((ms) => {
    const [x, label] = [px(toX(ms)), formatNumber(ms).replace(/\.0+$/, '')];
    return `<path class="line" d="M${x} 0V${px(top)}"/><text class="muted flat" x="${x}" y="${px(top + 15)}" font-size="12" text-anchor="middle">${label} ms</text>`;
  });
  const markup = html`<g class="${`color-${style.color}`}">${trusted(axis.join(''))}${names}${trusted(bars.join(''))}</g>`;
  return { width, height: top + axisHeight, markup };
}

const px = (value: number): string => value.toFixed(1);

/** About six round times from 0 to `lastMs`. */
function roundTimes(lastMs: number): number[] {
  const rough = lastMs / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10);
  return Array.from({ length: Math.floor(lastMs / step) + 1 }, (_, index) => index * step);
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
