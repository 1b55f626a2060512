import type { CellChange } from '../../results/comparison/change.ts';
import { type Html, html, trusted } from '../drawing/markup.ts';

const width = 240;
const height = 20;

/** The widest ratio, either way, that any of the changes may have: what the axis has to hold. */
export function reachOf(cells: readonly CellChange[]): number {
  const ends = cells.flatMap(({ change }) =>
    hasNoInterval(change) ? [] : [Math.abs(Math.log(change.low)), Math.abs(Math.log(change.high))],
  );
  return Math.max(Math.log(1.1), ...ends);
}

const hasNoInterval = (change: CellChange['change']) =>
  change.kind === 'not-compared' || change.kind === 'broken';

/** A change's interval on a logarithmic axis with "as before" in the middle, and the threshold around it in grey. */
export function forest({ change }: CellChange, reach: number, threshold: number): Html | null {
  if (hasNoInterval(change)) return null;
  const toX = (logRatio: number) => (width / 2) * (1 + (0.95 * logRatio) / reach);
  const [low, at, high] = [change.low, change.ratio, change.high].map((ratio) =>
    toX(Math.log(ratio)).toFixed(1),
  );
  const near = Math.log1p(threshold);
  const middle = height / 2;
  return html`<svg class="forest" viewBox="${`0 0 ${width} ${height}`}" aria-hidden="true">${trusted(
    `<rect class="track" x="${toX(-near).toFixed(1)}" width="${(toX(near) - toX(-near)).toFixed(1)}" height="${height}"/>` +
      `<path class="grid" d="M${width / 2} 0V${height}"/>` +
      `<path class="interval" d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8"/>` +
      `<circle class="interval" cx="${at}" cy="${middle}" r="3.5"/>`,
  )}</svg>`;
}
