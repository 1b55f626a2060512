import type { Chart, Plugin } from 'chart.js';
import type { Brush } from './dom.ts';
import type { Tones } from './tones.ts';

export type Ranges = readonly (readonly ({
  readonly low: number;
  readonly high: number;
} | null)[])[];

/** Draws the range over the blocks through every bar or point: `ranges` has a list for each dataset. */
export function whiskers(ranges: Ranges, along: 'x' | 'y', tones: Tones): Plugin {
  const cap = 4;
  const draw = (chart: Chart) => {
    const brush: Brush = chart.ctx;
    const scale = chart.scales[along];
    if (!scale) return;
    brush.save();
    brush.lineWidth = 1.5;
    brush.strokeStyle = tones.ink;
    for (const [dataset, list] of ranges.entries()) {
      for (const [index, range] of list.entries()) {
        const mark = chart.getDatasetMeta(dataset).data[index];
        if (!range || !mark) continue;
        const [from, to] = [scale.getPixelForValue(range.low), scale.getPixelForValue(range.high)];
        const line = (a: number, b: number, c: number, d: number) => {
          if (along === 'x') [a, b, c, d] = [b, a, d, c];
          brush.moveTo(a, b);
          brush.lineTo(c, d);
        };
        const across = along === 'x' ? mark.y : mark.x;
        brush.beginPath();
        line(across, from, across, to);
        for (const end of [from, to]) line(across - cap, end, across + cap, end);
        brush.stroke();
      }
    }
    brush.restore();
  };
  return { id: 'whiskers', afterDatasetsDraw: draw };
}
