import type { Chart, Plugin } from 'chart.js';
import type { LinesSpec, Range, SeriesStyle, Theme } from '../../drawing/chart-spec.ts';

export function colorOf({ color }: SeriesStyle, theme: Theme): string {
  return theme.colors[color] ?? theme.ink;
}

/** The fill of a mark: solid for a model, a pale wash under a full outline for a reference. */
export function fillOf(style: SeriesStyle, theme: Theme): string {
  return style.hollow ? `${colorOf(style, theme)}33` : colorOf(style, theme);
}

/** A drawing over the chart's own, in the colour of text unless it sets another. */
export function overlay(
  id: string,
  { ink }: Theme,
  draw: (ctx: CanvasRenderingContext2D, chart: Chart) => void,
): Plugin {
  return {
    id,
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      Object.assign(ctx, { strokeStyle: ink, fillStyle: ink, lineWidth: 1.5 });
      ctx.textBaseline = 'middle';
      draw(ctx, chart);
      ctx.restore();
    },
  };
}

/** Draws the range over the blocks through every bar or point. `ranges` holds a list for each dataset. */
export function whiskers(
  ranges: readonly (readonly (Range | null)[])[],
  along: 'x' | 'y',
  theme: Theme,
): Plugin {
  const cap = 4;
  return overlay('whiskers', theme, (ctx, chart) => {
    const scale = chart.scales[along];
    if (!scale) return;
    // On a logarithmic axis that begins above the range's end, the whisker stops at the axis.
    const floor = along === 'y' ? chart.chartArea.bottom : Number.POSITIVE_INFINITY;
    const line = (a: number, b: number, c: number, d: number) => {
      ctx.moveTo(along === 'x' ? b : a, along === 'x' ? a : b);
      ctx.lineTo(along === 'x' ? d : c, along === 'x' ? c : d);
    };
    for (const [dataset, list] of ranges.entries()) {
      for (const [index, range] of list.entries()) {
        const mark = chart.getDatasetMeta(dataset).data[index];
        if (!range || !mark) continue;
        const across = along === 'x' ? mark.y : mark.x;
        const ends = [range.low, range.high].map((value) =>
          Math.min(scale.getPixelForValue(value), floor),
        );
        ctx.beginPath();
        line(across, ends[0] ?? 0, across, ends[1] ?? 0);
        for (const at of ends) line(across - cap, at, across + cap, at);
        ctx.stroke();
      }
    }
  });
}

/** Draws a dotted line up from each place that has a word instead of a value, with a cross and the word at its top. */
export function flags(places: NonNullable<LinesSpec['flags']>, theme: Theme): Plugin {
  return overlay('flags', theme, (ctx, chart) => {
    const { left, right, top, bottom } = chart.chartArea;
    ctx.textBaseline = 'top';
    for (const { x, text } of places) {
      const at = chart.scales['x']?.getPixelForValue(x);
      if (at === undefined) continue;
      ctx.setLineDash([1, 3]);
      ctx.beginPath();
      ctx.moveTo(at, top);
      ctx.lineTo(at, bottom);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.beginPath();
      for (const slope of [-1, 1]) {
        ctx.moveTo(at - 4, top + 6 - 4 * slope);
        ctx.lineTo(at + 4, top + 6 + 4 * slope);
      }
      ctx.stroke();
      const isRight = at > (left + right) / 2;
      ctx.textAlign = isRight ? 'right' : 'left';
      ctx.fillText(text, at + (isRight ? -8 : 8), top);
    }
  });
}
