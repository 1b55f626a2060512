import type { Look } from '../findings/palette.ts';

/** What a chart shows, as plain data: it goes into the page as JSON, and the page's script draws it. */
export type ChartSpec = BarsSpec | LinesSpec;

/** Horizontal bars from zero, with whiskers over the blocks. */
export interface BarsSpec {
  readonly kind: 'bars';
  readonly axis: string;
  readonly bars: readonly {
    readonly label: string;
    readonly look: Look;
    readonly value: number;
    readonly range: { readonly low: number; readonly high: number } | null;
    /** Where theory expects the bar to end. */
    readonly expected: number | null;
    /** What is written at the bar's end. */
    readonly text: string;
  }[];
}

/** Lines over percentiles, time, load or connections, with whiskers over the blocks where a point has them. */
export interface LinesSpec {
  readonly kind: 'lines';
  /** Percentiles are spaced as −log10(1 − p), so that the tail is not squeezed into the last pixels. */
  readonly x: {
    readonly title: string;
    readonly scale: 'percentile' | 'linear' | 'logarithmic';
    /** Where the axis ends, for charts that are read beside each other; else where the lines do. */
    readonly max?: number;
  };
  readonly y: {
    readonly title: string;
    readonly scale: 'linear' | 'logarithmic';
    readonly min?: number;
    readonly max?: number;
    /** What the axis takes of the chart, in px, for charts that stand above each other on one x axis; else what it needs. */
    readonly width?: number;
  };
  /** Letters to leave room for beside the lines' ends, likewise; else as many as the longest name has. */
  readonly letters?: number;
  /** Places on the x axis that have a word to them, and no value. */
  readonly flags?: readonly { readonly x: number; readonly text: string }[];
  readonly lines: readonly {
    readonly label: string;
    /** Not named at its end: the caption tells what it is. */
    readonly unnamed?: true;
    readonly look: Look;
    readonly points: readonly {
      readonly x: number;
      readonly y: number;
      /** Whether the point has a sign of its own, or only carries the line on. */
      readonly marked: boolean;
      readonly range: { readonly low: number; readonly high: number } | null;
    }[];
  }[];
}
