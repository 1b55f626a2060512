import type { Chart, Plugin } from 'chart.js';
import type { LinesSpec } from '../chart-spec.ts';
import type { Brush } from './dom.ts';
import type { Tones } from './tones.ts';

/** Draws a dotted line up from each place that has a word to it instead of a value, with the word at its top. */
export function flags(places: NonNullable<LinesSpec['flags']>, tones: Tones): Plugin {
  const draw = (chart: Chart) => {
    const brush: Brush = chart.ctx;
    const { left, right, top, bottom } = chart.chartArea;
    brush.save();
    brush.strokeStyle = tones.ink;
    brush.fillStyle = tones.ink;
    brush.lineWidth = 1.5;
    brush.textBaseline = 'top';
    for (const { x, text } of places) {
      const at = chart.scales['x']?.getPixelForValue(x);
      if (at === undefined) continue;
      brush.setLineDash([1, 3]);
      brush.beginPath();
      brush.moveTo(at, top);
      brush.lineTo(at, bottom);
      brush.stroke();
      brush.setLineDash([]);
      brush.beginPath();
      for (const slope of [-1, 1]) {
        brush.moveTo(at - 4, top + 6 - 4 * slope);
        brush.lineTo(at + 4, top + 6 + 4 * slope);
      }
      brush.stroke();
      brush.textAlign = at > (left + right) / 2 ? 'right' : 'left';
      brush.fillText(text, at + (at > (left + right) / 2 ? -8 : 8), top);
    }
    brush.restore();
  };
  return { id: 'flags', afterDatasetsDraw: draw };
}
