import { formatNumber } from '../../results/format.ts';
import { packed, type Segment, type SegmentKind } from './segments.ts';

/** A stripe of a timeline: the work of one worker, or the queue. */
export interface Lane {
  readonly name: string;
  readonly rows: readonly {
    readonly segments: readonly Segment[];
    readonly height: number;
  }[];
}

/** Height of a row of work done one by one, and of one row among many. */
const heights = { full: 10, thin: 2.5 };
/** A shorter time in the queue is the request's way over the network. */
const shortestQueueMs = 1;

/** The queue first, then a lane for each worker in the order of its first work: computations above waits. */
export function lanesOf(segments: readonly Segment[]): Lane[] {
  const queued = segments.filter(
    ({ kind, startMs, endMs }) => kind === 'queued' && endMs - startMs >= shortestQueueMs,
  );
  const work = segments.filter(({ kind }) => kind !== 'queued');
  const rows = (of: readonly Segment[], height: number) =>
    packed(of).map((row) => ({ segments: row, height }));
  const lanes = [...Map.groupBy(work, ({ worker }) => worker)].map(([name, of]): Lane => {
    if (packed(of).length === 1) return { name, rows: rows(of, heights.full) };
    return {
      name,
      rows: [
        ...rows(
          of.filter(({ kind }) => kind === 'computing'),
          heights.full,
        ),
        ...rows(
          of.filter(({ kind }) => kind === 'waiting'),
          heights.thin,
        ),
      ],
    };
  });
  const queue = queued.map((one) => ({ segments: [one], height: heights.thin }));
  return queue.length > 0 ? [{ name: 'queue', rows: queue }, ...lanes] : lanes;
}

/** Lanes as places in a drawing, in units of its width. */
export interface LaneLayout {
  readonly width: number;
  readonly height: number;
  /** The y of the time axis. */
  readonly bottom: number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly names: readonly { readonly name: string; readonly y: number }[];
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

/** Lays out the lanes one below the other, on a time axis that ends at `lastMs`. */
export function layOutLanes(lanes: readonly Lane[], lastMs: number): LaneLayout {
  const toX = (ms: number) => margin.left + ((width - margin.left - margin.right) * ms) / lastMs;
  const names: LaneLayout['names'][number][] = [];
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
  const ticks = roundTimes(lastMs).map((ms) => ({
    x: toX(ms),
    label: `${formatNumber(ms).replace(/\.0+$/, '')} ms`,
  }));
  return { width, height: top + axisHeight, bottom: top, ticks, names, bars };
}

/** About six round times from 0 to `lastMs`. */
function roundTimes(lastMs: number): number[] {
  const rough = lastMs / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10);
  return Array.from({ length: Math.floor(lastMs / step) + 1 }, (_, index) => index * step);
}
