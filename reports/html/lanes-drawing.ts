import { formatNumber } from '../numbers.ts';
import type { Look } from '../palette.ts';
import type { Lane } from '../timeline/lanes.ts';
import { type Html, html, trusted } from './html.ts';
import { shortName } from './short-name.ts';

const width = 800;
const labelWidth = 96;
const gap = { row: 0.5, lane: 5 };
const axisHeight = 22;

/** A server's lanes on a time axis that ends at `lastMs`, as a picture that scales. */
export function drawLanes(
  server: string,
  lanes: readonly Lane[],
  lastMs: number,
  look: Look | undefined,
  caption: string,
): Html {
  const toX = (ms: number) => labelWidth + ((width - labelWidth - 28) * ms) / lastMs;
  let y = 4;
  const marks = lanes.map((lane) => {
    const top = y;
    y += laneHeight(lane) + gap.lane;
    return laneMarks(lane, top, toX);
  });
  const height = y + axisHeight;
  return html`<div class="scroll" role="region" aria-label="${`Timeline of ${server}`}" tabindex="0"><svg class="${`lanes hue-${look?.hue ?? 'other-3'}`}" viewBox="${`0 0 ${width} ${height.toFixed(0)}`}" role="img" aria-label="${`${server}: ${caption}`}">${axis(lastMs, toX, y)}${marks}</svg></div>`;
}

const laneHeight = ({ rows }: Lane): number =>
  Math.max(
    12,
    rows.reduce((sum, { height }) => sum + height + gap.row, 0),
  );

function laneMarks({ name, rows }: Lane, top: number, toX: (ms: number) => number): Html {
  let y = top;
  const bars = rows.map(({ segments, height }) => {
    const row = segments.map(({ kind, startMs, endMs }) => {
      const x = toX(startMs);
      const length = Math.max(0.75, toX(endMs) - x - 0.4);
      return `<rect class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${length.toFixed(1)}" height="${height}"/>`;
    });
    y += height + gap.row;
    return row.join('');
  });
  return html`<text class="lane" x="0" y="${(top + 10).toFixed(1)}">${shortName(name)}</text>${trusted(bars.join(''))}`;
}

/** Round numbers of ms, about six of them. */
function axis(lastMs: number, toX: (ms: number) => number, bottom: number): Html {
  const rough = lastMs / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10);
  const ticks = Array.from({ length: Math.floor(lastMs / step) + 1 }, (_, index) => index * step);
  return trusted(
    ticks
      .map((ms) => {
        const x = toX(ms).toFixed(1);
        const label = `${formatNumber(ms).replace(/\.0+$/, '')} ms`;
        return `<path class="grid" d="M${x} 0V${bottom.toFixed(1)}"/><text class="tick" x="${x}" y="${(bottom + 14).toFixed(1)}">${label}</text>`;
      })
      .join(''),
  );
}
