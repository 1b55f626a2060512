import { formatNumber } from '../findings/numbers.ts';
import type { Lane } from './lanes.ts';
import type { SegmentKind } from './segments.ts';

/** A server's lanes as places on a picture, whatever it is drawn with: units are those of its width. */
export interface LaidLanes {
  readonly width: number;
  readonly height: number;
  /** Where the time axis is. */
  readonly bottom: number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly lanes: readonly { readonly name: string; readonly y: number }[];
  readonly bars: readonly Bar[];
}

interface Bar {
  readonly kind: SegmentKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const width = 800;
const margin = { left: 96, right: 28, top: 4 };
const gap = { row: 0.5, lane: 5 };
const shortestLane = 12;
const axisHeight = 22;
const narrowestBar = 0.75;

/** Lays the lanes one under the other, on a time axis that ends at `lastMs`. */
export function layLanes(lanes: readonly Lane[], lastMs: number): LaidLanes {
  const toX = (ms: number) => margin.left + ((width - margin.left - margin.right) * ms) / lastMs;
  const names: LaidLanes['lanes'][number][] = [];
  const bars: Bar[] = [];
  let top = margin.top;
  for (const { name, rows } of lanes) {
    names.push({ name, y: top });
    let y = top;
    for (const { segments, height } of rows) {
      for (const { kind, startMs, endMs } of segments) {
        const x = toX(startMs);
        const length = Math.max(narrowestBar, toX(endMs) - x - 0.4);
        bars.push({ kind, x, y, width: length, height });
      }
      y += height + gap.row;
    }
    top += Math.max(shortestLane, y - top) + gap.lane;
  }
  const ticks = roundTimes(lastMs).map((ms) => ({ x: toX(ms), label: `${timeText(ms)} ms` }));
  return { width, height: top + axisHeight, bottom: top, ticks, lanes: names, bars };
}

const timeText = (ms: number): string => formatNumber(ms).replace(/\.0+$/, '');

/** Round numbers of ms, about six of them. */
function roundTimes(lastMs: number): number[] {
  const rough = lastMs / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10);
  return Array.from({ length: Math.floor(lastMs / step) + 1 }, (_, index) => index * step);
}
