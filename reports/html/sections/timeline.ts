import type { RunDocument, TracedRun } from '../../../results/run-document.ts';
import { formatNumber } from '../../numbers.ts';
import type { Look } from '../../palette.ts';
import { timelineCaption } from '../../timeline/caption.ts';
import { type Lane, lanesOf } from '../../timeline/lanes.ts';
import type { Segment } from '../../timeline/segments.ts';
import { table } from '../figure.ts';
import { type Html, html, trusted } from '../html.ts';
import { swatch } from '../swatch.ts';

const width = 800;
const labelWidth = 96;
const gap = { row: 0.5, lane: 5 };
const axisHeight = 22;

/** The same requests through each server, one time axis for all: a lane for each process or thread. */
export function timeline({ traces, plan }: RunDocument, looks: ReadonlyMap<string, Look>): Html {
  const sections = plan.workloads.flatMap(({ name }) => {
    const runs = traces.filter(({ workload }) => workload === name);
    return runs.length > 0 ? [workloadTimeline(name, runs, looks)] : [];
  });
  if (sections.length === 0) return html``;
  return html`<section aria-labelledby="timeline"><h2 id="timeline">What each server did with the same requests</h2>
<p class="small legend">${key('queued')} in a queue ${key('waiting')} waiting, as for a database ${key('computing')} computing. Measured one by one, apart from the figures above.</p>
${sections}</section>`;
}

const key = (kind: Segment['kind']): Html =>
  trusted(
    `<svg class="key hue-event-loop" viewBox="0 0 20 10" aria-hidden="true"><rect class="${kind}" width="20" height="10"/></svg>`,
  );

function workloadTimeline(
  workload: string,
  runs: readonly TracedRun[],
  looks: ReadonlyMap<string, Look>,
): Html {
  const lastMs = Math.max(
    ...runs.flatMap(({ requests }) => requests.map(({ answeredMs }) => answeredMs)),
  );
  return html`<h3>${workload}</h3>${runs.map((run) => {
    const look = looks.get(run.server);
    const caption = timelineCaption(run);
    return html`<figure class="timeline"><figcaption><strong>${swatch(look)}${run.server}</strong><p>${caption}</p></figcaption>
${drawing(run, lastMs, look, caption)}
<details><summary>The numbers</summary>${numbers(run)}</details></figure>`;
  })}`;
}

function drawing(run: TracedRun, lastMs: number, look: Look | undefined, caption: string): Html {
  const lanes = lanesOf(run);
  const toX = (ms: number) => labelWidth + ((width - labelWidth - 28) * ms) / lastMs;
  let y = 4;
  const marks = lanes.map((lane) => {
    const top = y;
    y += laneHeight(lane);
    const drawn = laneMarks(lane, top, toX);
    y += gap.lane;
    return drawn;
  });
  const height = y + axisHeight;
  return html`<div class="scroll" role="region" aria-label="${`Timeline of ${run.server}`}" tabindex="0"><svg class="${`lanes hue-${look?.hue ?? 'other-3'}`}" viewBox="${`0 0 ${width} ${height.toFixed(0)}`}" role="img" aria-label="${`${run.server}: ${caption}`}">${axis(lastMs, toX, y)}${marks}</svg></div>`;
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
  return html`<text class="lane" x="0" y="${(top + 10).toFixed(1)}">${shortened(name)}</text>${trusted(bars.join(''))}`;
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

const shortened = (name: string): string => (name.length > 14 ? `${name.slice(0, 13)}…` : name);

const numbers = (run: TracedRun): Html =>
  table(
    `The traced requests of ${run.server}, ms`,
    [
      { title: 'class', cell: ({ class: name }) => name },
      ...(['sentMs', 'answeredMs', 'queueMs', 'waitMs', 'computeMs'] as const).map((quantity) => ({
        title: quantity.replace(/Ms$/, ''),
        numeric: true,
        cell: (request: TracedRun['requests'][number]) => formatNumber(request[quantity]),
      })),
      { title: 'served by', cell: ({ worker }) => worker },
    ],
    run.requests,
  );
