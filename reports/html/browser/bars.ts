import type { ChartConfiguration, Plugin } from 'chart.js';
import type { BarsSpec, Theme } from '../../drawing/chart-spec.ts';
import { colorOf, fillOf, overlay, whiskers } from './marks.ts';

/** Height of the chart, in px. */
export function barsHeight({ bars }: BarsSpec): number {
  return 64 + 38 * bars.length;
}

/** The chart.js configuration of horizontal bars. */
export function barsConfiguration({ axis, bars }: BarsSpec, theme: Theme): ChartConfiguration {
  const longest = Math.max(0, ...bars.map(({ text }) => text.length));
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        {
          data: bars.map(({ value }) => value),
          backgroundColor: bars.map(({ style }) => fillOf(style, theme)),
          borderColor: bars.map(({ style }) => colorOf(style, theme)),
          borderWidth: 1.5,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      locale: 'en-US',
      layout: { padding: { right: 12 + 7 * longest } },
      scales: {
        x: {
          beginAtZero: true,
          suggestedMax: Math.max(0, ...bars.map(endOf)),
          title: { display: true, text: axis },
          ticks: { maxTicksLimit: 6, maxRotation: 0 },
          border: { display: false },
        },
        y: {
          ticks: { color: theme.ink },
          grid: { display: false },
          border: { color: theme.muted },
        },
      },
      plugins: {
        tooltip: { callbacks: { label: ({ dataIndex }) => bars[dataIndex]?.text ?? '' } },
      },
    },
    plugins: [
      whiskers([bars.map(({ range }) => range)], 'x', theme),
      blockDots(bars, theme),
      predictionMarks(bars, theme),
      barTexts(bars, theme),
    ],
  };
}

/** The greatest of a bar's value, range and prediction; the bar's text is written beyond, in the padding. */
export function endOf({ value, range, predicted }: BarsSpec['bars'][number]): number {
  return Math.max(value, range?.high ?? 0, predicted ?? 0);
}

/** Draws a dot for each block, below the whisker. */
export function blockDots(bars: BarsSpec['bars'], theme: Theme): Plugin {
  const [below, radius] = [7, 2];
  return overlay('block-dots', theme, (ctx, chart) => {
    Object.assign(ctx, { strokeStyle: theme.paper, lineWidth: 1 });
    for (const [index, { blocks }] of bars.entries()) {
      const mark = chart.getDatasetMeta(0).data[index];
      for (const value of mark ? blocks : []) {
        const x = chart.scales['x']?.getPixelForValue(value) ?? 0;
        ctx.beginPath();
        ctx.arc(x, (mark?.y ?? 0) + below, radius, 0, 2 * Math.PI);
        ctx.fill();
        ctx.stroke();
      }
    }
  });
}

/** Draws a dashed line across each bar at its predicted value. */
export function predictionMarks(bars: BarsSpec['bars'], theme: Theme): Plugin {
  const reach = 14;
  return overlay('prediction-marks', theme, (ctx, chart) => {
    ctx.setLineDash([3, 2]);
    for (const [index, { predicted }] of bars.entries()) {
      const mark = chart.getDatasetMeta(0).data[index];
      const x = predicted === null ? null : chart.scales['x']?.getPixelForValue(predicted);
      if (!mark || x === null || x === undefined) continue;
      ctx.beginPath();
      ctx.moveTo(x, mark.y - reach);
      ctx.lineTo(x, mark.y + reach);
      ctx.stroke();
    }
  });
}

/** Writes each bar's text beyond the bar and its whisker. */
export function barTexts(bars: BarsSpec['bars'], theme: Theme): Plugin {
  return overlay('bar-texts', theme, (ctx, chart) => {
    for (const [index, bar] of bars.entries()) {
      const mark = chart.getDatasetMeta(0).data[index];
      const end = chart.scales['x']?.getPixelForValue(endOf(bar));
      if (mark && end !== undefined) ctx.fillText(bar.text, end + 8, mark.y);
    }
  });
}
