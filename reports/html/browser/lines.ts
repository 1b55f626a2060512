import type { ChartConfiguration, Plugin } from 'chart.js';
import type { LinesSpec, Theme } from '../../drawing/chart-spec.ts';
import { colorOf, flags, limits, overlay, whiskers } from './marks.ts';

/** The chart.js configuration of lines over percentiles, time, load or connections. */
export function linesConfiguration(spec: LinesSpec, theme: Theme): ChartConfiguration {
  const { x, y, lines, letters, flags: flagged = [] } = spec;
  const isPercentile = x.scale === 'percentile';
  const isLogarithmic = x.scale === 'logarithmic';
  const place = (at: number) =>
    isPercentile ? -Math.log10(1 - at / 100) : isLogarithmic ? Math.log2(at) : at;
  const xs = lines.flatMap(({ points }) => points.map((point) => point.x));
  const farthest = Math.max(0, ...xs);
  const names = lines.filter(({ unnamed }) => !unnamed).map(({ label }) => label.length);
  // Ticks: the usual percentiles; on a logarithmic axis the values that were measured, or round ones if those are many.
  const ticksAt = isPercentile
    ? [50, 90, 99, 99.9, 99.99, 99.999].filter((percentile) => percentile <= farthest)
    : roundOf([...new Set(xs)]);
  const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
  const load = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
  const xText = (at: number) =>
    isPercentile ? `p${number.format(at)}` : (isLogarithmic ? load : number).format(at);
  // Servers that were measured at one load stand side by side there.
  const measured = lines.filter(({ points }) => points.some(({ marked }) => marked));
  const step = isLogarithmic ? 0.015 * (place(farthest) - place(Math.min(...xs))) : 0;
  const asideOf = (line: LinesSpec['lines'][number]) =>
    measured.includes(line) ? step * (measured.indexOf(line) - (measured.length - 1) / 2) : 0;
  const rows = Math.max(0, ...flagged.map(({ row }) => row + 1));
  return {
    type: 'scatter',
    data: {
      datasets: lines.map((line) => ({
        label: line.label,
        data: line.points.map((point) => ({ x: place(point.x) + asideOf(line), y: point.y })),
        showLine: true,
        borderColor: colorOf(line.style, theme),
        backgroundColor: colorOf(line.style, theme),
        pointBackgroundColor: line.style.hollow ? theme.paper : colorOf(line.style, theme),
        pointStyle: line.style.shape,
        borderDash: [...line.style.dash],
        borderWidth: 2,
        pointRadius: line.points.map(({ marked }) => (marked ? 4 : 0)),
        pointHitRadius: 8,
        // Marks at the border are whole; curves of theory may leave the chart.
        clip: measured.includes(line) ? (false as const) : 2,
      })),
    },
    options: {
      layout: {
        padding: { right: 24 + 7 * (letters ?? Math.max(0, ...names)), top: 8 + 11 * rows },
      },
      scales: {
        x: {
          type: 'linear',
          title: { display: x.title !== '', text: x.title },
          border: { color: theme.muted },
          beginAtZero: x.scale === 'linear',
          ...(isPercentile && { min: place(50), max: place(farthest) }),
          ...(x.max !== undefined && { max: place(x.max) }),
          ticks: {
            maxRotation: 0,
            includeBounds: false,
            autoSkip: x.scale === 'linear',
            callback: (value) =>
              xText(
                x.scale === 'linear'
                  ? Number(value)
                  : (ticksAt.find((at) => place(at) === value) ?? 0),
              ),
          },
          afterBuildTicks: (axis) => {
            if (x.scale === 'linear') return;
            const pxPerUnit = axis.maxWidth / (axis.max - axis.min);
            const shown = spaced(ticksAt, (at) => place(at) * pxPerUnit, xText);
            axis.ticks = shown.map((at) => ({ value: place(at) }));
          },
        },
        y: {
          type: y.scale,
          ...(y.scale === 'linear' && { beginAtZero: true }),
          ...(y.min !== undefined && { min: y.min }),
          ...(y.max !== undefined && { max: y.max }),
          title: { display: true, text: y.title },
          border: { display: false },
          ticks: { includeBounds: false, callback: (value) => number.format(Number(value)) },
          afterFit: (axis) => {
            axis.width = y.width ?? axis.width;
          },
          afterBuildTicks: (axis) => {
            if (y.scale === 'linear') return;
            axis.ticks = axis.ticks.filter(({ value }) =>
              /^[125]\.00e/.test(value.toExponential(2)),
            );
          },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: ({ datasetIndex, dataIndex }) => {
              const { label, points } = lines[datasetIndex] ?? { points: [] };
              const { x: at = 0, y: value = 0 } = points[dataIndex] ?? {};
              return `${label}, ${xText(at)}: ${number.format(value)}`;
            },
          },
        },
      },
    },
    plugins: [
      whiskers(
        lines.map(({ points }) => points.map(({ range }) => range ?? null)),
        'y',
        theme,
        lines.map(({ style }) => style),
      ),
      lineEnds(lines, theme),
      flags(flagged, place, theme),
      limits(spec, place, theme),
    ],
  };
}

/** Values for the ticks of a logarithmic axis: the given ones, or 1, 2, 5, 10 … in their range if they are many. */
export function roundOf(values: readonly number[]): readonly number[] {
  const most = 6;
  if (values.length <= most) return values;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const exponents = Array.from({ length: 12 }, (_, index) => index - 3);
  return exponents
    .flatMap((exponent) => [1, 2, 5].map((factor) => factor * 10 ** exponent))
    .filter((value) => value >= least && value <= greatest);
}

/** The ticks whose labels do not touch the label before. */
export function spaced(
  ticks: readonly number[],
  pxOf: (at: number) => number,
  textOf: (at: number) => string,
): readonly number[] {
  const widthOf = (at: number) => 7.5 * textOf(at).length + 8;
  const shown: number[] = [];
  for (const at of ticks) {
    const previous = shown.at(-1);
    if (
      previous === undefined ||
      pxOf(at) - pxOf(previous) >= (widthOf(at) + widthOf(previous)) / 2
    ) {
      shown.push(at);
    }
  }
  return shown;
}

/** Names each line at the right of the chart, at the height of its end; names that would overlap move apart. */
export function lineEnds(lines: LinesSpec['lines'], theme: Theme): Plugin {
  const lineHeight = 16;
  return overlay('line-ends', theme, (ctx, chart) => {
    const ends = lines
      .flatMap(({ label, style, points, unnamed }, index) => {
        const mark = chart.getDatasetMeta(index).data[points.length - 1];
        return mark && !unnamed ? [{ label, style, x: mark.x, y: mark.y, from: mark.y }] : [];
      })
      .sort((a, b) => a.y - b.y);
    for (const [index, end] of ends.entries()) {
      end.y = Math.max(end.y, (ends[index - 1]?.y ?? Number.NEGATIVE_INFINITY) + lineHeight);
    }
    let floor = chart.chartArea.bottom + lineHeight;
    for (const end of ends.toReversed()) {
      end.y = Math.min(end.y, floor - lineHeight);
      floor = end.y;
    }
    ctx.lineWidth = 1;
    ctx.fillStyle = theme.ink;
    for (const end of ends) {
      const right = Math.max(end.x, chart.chartArea.right);
      ctx.strokeStyle = colorOf(end.style, theme);
      ctx.setLineDash([1, 3]);
      ctx.beginPath();
      ctx.moveTo(end.x + 6, end.from);
      ctx.lineTo(right + 6, end.from);
      ctx.lineTo(right + 14, end.y);
      ctx.stroke();
      ctx.fillText(end.label, right + 18, end.y);
    }
    ctx.setLineDash([]);
  });
}
