import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import type { BarsSpec } from '../chart-spec.ts';
import type { Brush } from './dom.ts';
import { fillOf, type Tones } from './tones.ts';
import { whiskers } from './whiskers.ts';

/** In px. */
export function barsHeight({ bars }: BarsSpec): number {
  return 64 + 38 * bars.length;
}

/** The chart.js configuration of horizontal bars. */
export function barsConfiguration({ axis, bars }: BarsSpec, tones: Tones): ChartConfiguration {
  const longest = Math.max(0, ...bars.map(({ text }) => text.length));
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        {
          data: bars.map(({ value }) => value),
          backgroundColor: bars.map(({ look }) => fillOf(look, tones)),
          borderColor: bars.map(({ look }) => tones.hues[look.hue] ?? tones.ink),
          borderWidth: 1.5,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      maintainAspectRatio: false,
      locale: 'en-US',
      layout: { padding: { right: 12 + 7 * longest } },
      scales: {
        x: {
          beginAtZero: true,
          suggestedMax: Math.max(0, ...bars.map(endOf)),
          title: { display: true, text: axis, color: tones.muted },
          ticks: { color: tones.muted, maxTicksLimit: 6, maxRotation: 0 },
          grid: { color: tones.grid },
          border: { display: false },
        },
        y: {
          ticks: { color: tones.ink },
          grid: { display: false },
          border: { color: tones.muted },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: ({ dataIndex }) => bars[dataIndex]?.text ?? '' } },
      },
    },
    plugins: [
      whiskers([bars.map(({ range }) => range)], 'x', tones),
      expectations(bars, tones),
      barTexts(bars, tones),
    ],
  };
}

/** The greatest value that anything of a bar is drawn at; its text is written beyond, in the padding. */
export function endOf({ value, range, expected }: BarsSpec['bars'][number]): number {
  return Math.max(value, range?.high ?? 0, expected ?? 0);
}

/** Draws a dashed line across each bar where theory expects it to end. */
export function expectations(bars: BarsSpec['bars'], tones: Tones): Plugin {
  const reach = 14;
  const draw = (chart: Chart) => {
    const brush: Brush = chart.ctx;
    brush.save();
    brush.strokeStyle = tones.ink;
    brush.lineWidth = 1.5;
    brush.setLineDash([3, 2]);
    for (const [index, { expected }] of bars.entries()) {
      const mark = chart.getDatasetMeta(0).data[index];
      const x = expected === null ? null : chart.scales['x']?.getPixelForValue(expected);
      if (!mark || x === null || x === undefined) continue;
      brush.beginPath();
      brush.moveTo(x, mark.y - reach);
      brush.lineTo(x, mark.y + reach);
      brush.stroke();
    }
    brush.restore();
  };
  return { id: 'expectations', afterDatasetsDraw: draw };
}

/** Writes each bar's number beyond its end and its whisker. */
export function barTexts(bars: BarsSpec['bars'], tones: Tones): Plugin {
  const draw = (chart: Chart) => {
    const brush: Brush = chart.ctx;
    brush.save();
    brush.fillStyle = tones.ink;
    brush.textBaseline = 'middle';
    for (const [index, bar] of bars.entries()) {
      const mark = chart.getDatasetMeta(0).data[index];
      const end = chart.scales['x']?.getPixelForValue(endOf(bar));
      if (mark && end !== undefined) brush.fillText(bar.text, end + 8, mark.y);
    }
    brush.restore();
  };
  return { id: 'bar-texts', afterDatasetsDraw: draw };
}
