import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import type { LinesSpec, Theme } from '../../drawing/chart-spec.ts';
import { colorOf, flags, whiskers } from './marks.ts';

/** The chart.js configuration of lines over percentiles, time, load or connections. */
export function linesConfiguration(
  { x, y, lines, letters, flags: flagged = [] }: LinesSpec,
  theme: Theme,
): ChartConfiguration {
  const percentiles = [50, 90, 99, 99.9, 99.99, 99.999];
  const place = (at: number) =>
    x.scale === 'percentile'
      ? -Math.log10(1 - at / 100)
      : x.scale === 'logarithmic'
        ? Math.log2(at)
        : at;
  const farthest = Math.max(0, ...lines.flatMap(({ points }) => points.map((point) => point.x)));
  const names = lines.filter(({ unnamed }) => !unnamed).map(({ label }) => label.length);
  const longest = letters ?? Math.max(0, ...names);
  // Ticks: the usual percentiles; on a logarithmic axis the values that were measured.
  const ticksAt =
    x.scale === 'percentile'
      ? percentiles.filter((percentile) => percentile <= farthest)
      : x.scale === 'logarithmic'
        ? [...new Set(lines.flatMap(({ points }) => points.map((point) => point.x)))]
        : [];
  const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
  const isRound = (value: number) =>
    ['1', '2', '5'].includes(
      value
        .toPrecision(3)
        .replace(/[0.]+(e.*)?$/, '')
        .replace(/^[0.]+/, ''),
    );
  return {
    type: 'scatter',
    data: {
      datasets: lines.map(({ label, style, points }) => ({
        label,
        data: points.map((point) => ({ x: place(point.x), y: point.y })),
        showLine: true,
        borderColor: colorOf(style, theme),
        backgroundColor: colorOf(style, theme),
        pointBackgroundColor: style.hollow ? theme.paper : colorOf(style, theme),
        pointStyle: style.shape,
        borderDash: [...style.dash],
        borderWidth: 2,
        pointRadius: points.map(({ marked }) => (marked ? 4 : 0)),
        pointHitRadius: 8,
        clip: false,
      })),
    },
    options: {
      maintainAspectRatio: false,
      layout: { padding: { right: 24 + 7 * longest, top: 8 } },
      scales: {
        x: {
          type: 'linear',
          title: { display: x.title !== '', text: x.title, color: theme.muted },
          grid: { color: theme.grid },
          border: { color: theme.muted },
          ...(x.scale === 'percentile'
            ? { min: place(50), max: place(farthest) }
            : {
                beginAtZero: x.scale === 'linear',
                ...(x.max === undefined ? {} : { max: x.max }),
              }),
          ticks: {
            color: theme.muted,
            maxRotation: 0,
            includeBounds: false,
            callback: (value) =>
              x.scale === 'percentile'
                ? `p${number.format(100 * (1 - 10 ** -Number(value)))}`
                : number.format(x.scale === 'logarithmic' ? 2 ** Number(value) : Number(value)),
          },
          ...(ticksAt.length > 0
            ? {
                afterBuildTicks: (axis) => {
                  axis.ticks = ticksAt.map((at) => ({ value: place(at) }));
                },
              }
            : {}),
        },
        y: {
          type: y.scale,
          ...(y.scale === 'linear' ? { beginAtZero: true } : {}),
          ...(y.min === undefined ? {} : { min: y.min }),
          ...(y.max === undefined ? {} : { max: y.max }),
          afterFit: (axis) => {
            axis.width = y.width ?? axis.width;
          },
          title: { display: true, text: y.title, color: theme.muted },
          grid: { color: theme.grid },
          border: { display: false },
          ticks: {
            color: theme.muted,
            includeBounds: false,
            callback: (value) => number.format(Number(value)),
          },
          afterBuildTicks: (axis) => {
            if (y.scale === 'logarithmic')
              axis.ticks = axis.ticks.filter(({ value }) => isRound(value));
          },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            label: ({ datasetIndex, dataIndex }) => {
              const point = lines[datasetIndex]?.points[dataIndex];
              const at = x.scale === 'percentile' ? `p${point?.x}` : number.format(point?.x ?? 0);
              return `${lines[datasetIndex]?.label}, ${at}: ${number.format(point?.y ?? 0)}`;
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
      ),
      lineEnds(lines, theme),
      flags(flagged, theme),
    ],
  };
}

/** Names each line at its end, in place of a legend; names that would overlap move apart. */
export function lineEnds(lines: LinesSpec['lines'], theme: Theme): Plugin {
  const lineHeight = 16;
  const draw = (chart: Chart) => {
    const { ctx } = chart;
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
    ctx.save();
    ctx.textBaseline = 'middle';
    ctx.lineWidth = 1;
    for (const end of ends) {
      ctx.strokeStyle = colorOf(end.style, theme);
      ctx.beginPath();
      ctx.moveTo(end.x + 6, end.from);
      ctx.lineTo(end.x + 14, end.y);
      ctx.stroke();
      ctx.fillStyle = theme.paper;
      ctx.fillRect(end.x + 16, end.y - 7, ctx.measureText(end.label).width + 4, 14);
      ctx.fillStyle = theme.ink;
      ctx.fillText(end.label, end.x + 18, end.y);
    }
    ctx.restore();
  };
  return { id: 'line-ends', afterDatasetsDraw: draw };
}
