/** What a chart shows, as plain data: the page carries it as JSON, and the page's script draws it. */
export type ChartSpec = BarsSpec | LinesSpec;

/** How a server is drawn everywhere: a model in its colour; a reference in its model's colour, hollow and dashed. */
export interface SeriesStyle {
  /** The name of a colour, see `Theme.colors`. */
  readonly color: string;
  readonly hollow: boolean;
  readonly shape: 'circle' | 'triangle' | 'rect' | 'rectRot' | 'star';
  /** Lengths of a line's strokes and gaps, in px; two references of one model differ in them. */
  readonly dash: readonly number[];
}

/** The colours of the light or the dark scheme, as CSS writes them. */
export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly colors: Readonly<Record<string, string>>;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Horizontal bars from zero, with whiskers from the lowest to the highest block. */
export interface BarsSpec {
  readonly kind: 'bars';
  readonly axis: string;
  readonly bars: readonly {
    readonly label: string;
    readonly style: SeriesStyle;
    readonly value: number;
    readonly range: Range | null;
    /** The value of each block. */
    readonly blocks: readonly number[];
    /** Where the prediction expects the bar to end. */
    readonly predicted: number | null;
    /** The text at the bar's end. */
    readonly text: string;
  }[];
}

/** Lines over percentiles, time, load or connections; points that carry a range have whiskers. */
export interface LinesSpec {
  readonly kind: 'lines';
  /** Percentiles are spaced as −log10(1 − p), so that the tail is not squeezed into the last pixels. */
  readonly x: {
    readonly title: string;
    readonly scale: 'percentile' | 'linear' | 'logarithmic';
    /** Where the axis ends, for charts that are compared with each other; by default at the last point. */
    readonly max?: number;
  };
  readonly y: {
    readonly title: string;
    readonly scale: 'linear' | 'logarithmic';
    readonly min?: number;
    readonly max?: number;
    /** Width of the axis in px, for charts that are stacked on one x axis; by default what its labels need. */
    readonly width?: number;
  };
  /** Letters to leave room for at the lines' ends, for stacked charts; by default the longest name's. */
  readonly letters?: number;
  /** Crosses at the top, for places on the x axis that have no value; servers have a row each. */
  readonly flags?: readonly {
    readonly x: number;
    readonly style: SeriesStyle;
    readonly row: number;
  }[];
  /** Thin lines from bottom to top. */
  readonly uprights?: readonly { readonly x: number; readonly style: SeriesStyle }[];
  /** A grey line from bottom to top. */
  readonly now?: number;
  /** A line across the chart, with its name. */
  readonly limit?: { readonly y: number; readonly text: string };
  readonly lines: readonly {
    readonly label: string;
    /** The caption explains the line, so that its end carries no name. */
    readonly unnamed?: true;
    readonly style: SeriesStyle;
    readonly points: readonly {
      readonly x: number;
      readonly y: number;
      /** The point is drawn as the server's shape; without, the line only passes through it. */
      readonly marked?: boolean;
      readonly range?: Range | null;
    }[];
  }[];
}
