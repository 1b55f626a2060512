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

/**
 * Draws the range over the blocks through every bar or point. `ranges` holds a list for each dataset, `styles` the style
 * of each where its whiskers take its colour: of lines, which may have points at one place.
 */
export function whiskers(
  ranges: readonly (readonly (Range | null)[])[],
  along: 'x' | 'y',
  theme: Theme,
  styles: readonly SeriesStyle[] = [],
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
      const style = styles[dataset];
      ctx.strokeStyle = style ? colorOf(style, theme) : theme.ink;
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

/** Draws a cross above the chart for each place that has no value, a row of crosses for each server. */
export function flags(
  places: NonNullable<LinesSpec['flags']>,
  place: (at: number) => number,
  theme: Theme,
): Plugin {
  return overlay('flags', theme, (ctx, chart) => {
    for (const { x, style, row } of places) {
      const at = chart.scales['x']?.getPixelForValue(place(x));
      if (at === undefined) continue;
      const middle = chart.chartArea.top - 6 - 11 * row;
      ctx.strokeStyle = colorOf(style, theme);
      ctx.beginPath();
      for (const slope of [-1, 1]) {
        ctx.moveTo(at - 4, middle - 4 * slope);
        ctx.lineTo(at + 4, middle + 4 * slope);
      }
      ctx.stroke();
    }
  });
}

/** Draws thin upright lines, and a line across the chart with its name at a place without points, if there is one. */
export function limits(
  {
    uprights = [],
    limit,
    now,
    lines: measured,
  }: Pick<LinesSpec, 'uprights' | 'limit' | 'now' | 'lines'>,
  place: (at: number) => number,
  theme: Theme,
): Plugin {
  return overlay('limits', theme, (ctx, chart) => {
    const { left, right, top, bottom } = chart.chartArea;
    ctx.lineWidth = 1;
    const lines = uprights.map(({ x, style }) => ({
      x,
      color: colorOf(style, theme),
      dash: style.hollow ? [2, 3] : [],
    }));
    const moment = now === undefined ? [] : [{ x: now, color: theme.muted, dash: [] }];
    for (const { x, color, dash } of [...lines, ...moment]) {
      const at = chart.scales['x']?.getPixelForValue(place(x)) ?? 0;
      ctx.strokeStyle = color;
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(at, top);
      ctx.lineTo(at, bottom);
      ctx.stroke();
    }
    if (!limit) return;
    const y = chart.scales['y']?.getPixelForValue(limit.y) ?? 0;
    ctx.strokeStyle = theme.ink;
    ctx.setLineDash([1, 2]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
    const width = ctx.measureText(limit.text).width + 4;
    const isFree = ({ from, middle }: { from: number; middle: number }) =>
      measured.every(({ points, label, unnamed }) =>
        points.every(({ x, y: value, marked, range }, index) => {
          const at = chart.scales['x']?.getPixelForValue(place(x)) ?? 0;
          const isEnd = index === points.length - 1 && !unnamed;
          const to = at + (isEnd ? 20 + ctx.measureText(label).width : 6);
          const [low = 0, high = 0] = [range?.low ?? value, range?.high ?? value].map(
            (one) => chart.scales['y']?.getPixelForValue(one) ?? 0,
          );
          const isBeside = to < from || at - 6 > from + width;
          return !marked || isBeside || high > middle + 16 || low < middle - 16;
        }),
      );
    const places = [y - 9, y + 10].flatMap((middle) =>
      [left + 4, right - width - 4].map((from) => ({ from, middle })),
    );
    const { from, middle } = places.find(isFree) ?? { from: left + 4, middle: y - 9 };
    ctx.fillStyle = theme.paper;
    ctx.fillRect(from, middle - 8, width, 15);
    ctx.fillStyle = theme.ink;
    ctx.fillText(limit.text, from + 2, middle);
  });
}
