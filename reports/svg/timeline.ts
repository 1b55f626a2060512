import type { RunDocument } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { html } from '../drawing/markup.ts';
import { swatch } from '../drawing/swatch.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { capitalised } from '../findings/words.ts';
import { drawLanes, segmentMeanings, segmentSample } from '../timeline/drawing.ts';
import { timelinesOf, tracedWorkloads } from '../timeline/timelines.ts';
import { emWidth, moved, type Part, paragraph, picture, space } from './picture.ts';

/** The same requests through each server on one time axis, as a picture; null where no requests were traced. */
export function timelineSvg(document: RunDocument): string | null {
  const [workload] = tracedWorkloads(document);
  if (!workload) return null;
  const { timelines, lastMs } = timelinesOf(document, workload.name);
  const styleOf = seriesStyles(document.plan.servers);
  const most = Math.max(...timelines.map(({ run }) => run.requests.length));
  const title = `How each server served the same ${plural(most, 'request')}`;
  return picture(title, [
    paragraph(title, { size: 26, bold: true }),
    space(4),
    paragraph(`${capitalised(workload.name)}: ${workload.summary}`, { size: 15 }),
    space(8),
    legend(timelines.map(({ run }) => styleOf(run.server))),
    ...timelines.flatMap(({ run, lanes, caption }): Part[] => [
      space(20),
      moved({ height: 0, markup: swatch(styleOf(run.server)) }, 0, 4),
      moved(paragraph(run.server, { size: 15, bold: true, width: 780 }), 20, 0),
      paragraph(caption, { size: 12.5, muted: true }),
      space(6),
      drawLanes(lanes, lastMs, styleOf(run.server)),
    ]),
  ]);
}

function legend(styles: Parameters<typeof segmentSample>[1]): Part {
  let x = 0;
  const entries = segmentMeanings.map(([kind, meaning]) => {
    const at = x;
    x += 24 + 8 + 12.5 * emWidth(meaning) + 20;
    return html`<g transform="${`translate(${at.toFixed(1)} 4)`}">${segmentSample(kind, styles)}<text class="muted" x="32" y="9.5" font-size="12.5">${meaning}</text></g>`;
  });
  return { height: 18, markup: html`${entries}` };
}
