import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import type { LinesSpec } from '../chart-spec.ts';
import type { Brush } from './dom.ts';
import { flags } from './flags.ts';
import { fillOf, type Tones } from './tones.ts';
import { whiskers } from './whiskers.ts';

/** The chart.js configuration of lines over percentiles, time, load or connections. */
export function linesConfiguration(
  { x, y, lines, letters, flags: flagged = [] }: LinesSpec,
  tones: Tones,
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
  // On a percentile's axis the usual ones are named, on a logarithmic one those that were measured.
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
      datasets: lines.map(({ label, look, points }) => ({
        label,
        data: points.map((point) => ({ x: place(point.x), y: point.y })),
        showLine: true,
        borderColor: tones.hues[look.hue] ?? tones.ink,
        backgroundColor: fillOf({ ...look, hollow: false }, tones),
        pointBackgroundColor: look.hollow ? tones.paper : (tones.hues[look.hue] ?? tones.ink),
        pointStyle: look.shape,
        borderDash: [...look.dash],
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
          title: { display: x.title !== '', text: x.title, color: tones.muted },
          grid: { color: tones.grid },
          border: { color: tones.muted },
          ...(x.scale === 'percentile'
            ? { min: place(50), max: place(farthest) }
            : {
                beginAtZero: x.scale === 'linear',
                ...(x.max === undefined ? {} : { max: x.max }),
              }),
          ticks: {
            color: tones.muted,
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
          title: { display: true, text: y.title, color: tones.muted },
          grid: { color: tones.grid },
          border: { display: false },
          ticks: {
            color: tones.muted,
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
        lines.map(({ points }) => points.map(({ range }) => range)),
        'y',
        tones,
      ),
      lineEnds(lines, tones),
      flags(flagged, tones),
    ],
  };
}

/** Names each line at its end, in place of a legend; names that would overlap move apart. */
export function lineEnds(lines: LinesSpec['lines'], tones: Tones): Plugin {
  const lineHeight = 16;
  const draw = (chart: Chart) => {
    const brush: Brush = chart.ctx;
    const ends = lines
      .flatMap(({ label, look, points, unnamed }, index) => {
        const mark = chart.getDatasetMeta(index).data[points.length - 1];
        return mark && !unnamed ? [{ label, look, x: mark.x, y: mark.y, from: mark.y }] : [];
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
    brush.save();
    brush.textBaseline = 'middle';
    brush.lineWidth = 1;
    for (const end of ends) {
      brush.strokeStyle = tones.hues[end.look.hue] ?? tones.ink;
      brush.beginPath();
      brush.moveTo(end.x + 6, end.from);
      brush.lineTo(end.x + 14, end.y);
      brush.stroke();
      brush.fillStyle = tones.ink;
      brush.fillText(end.label, end.x + 18, end.y);
    }
    brush.restore();
  };
  return { id: 'line-ends', afterDatasetsDraw: draw };
}
