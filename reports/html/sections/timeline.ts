import type { RunDocument, TracedRun } from '../../../results/document/run-document.ts';
import { formatNumber } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import type { SegmentKind } from '../../timeline/segments.ts';
import { timelinesOf, tracedWorkloads } from '../../timeline/timelines.ts';
import { table } from '../figure.ts';
import { type Html, html, trusted } from '../html.ts';
import { drawLanes } from '../lanes-drawing.ts';
import { drawModel } from '../model-drawing.ts';
import { swatch } from '../swatch.ts';

type Looks = ReadonlyMap<string, Look>;

/**
 * The same requests through each server, one time axis for all: a lane for each process or thread. The workload that
 * tells most is shown; the others can be opened.
 */
export function timeline(document: RunDocument, looks: Looks): Html | null {
  const [main, ...others] = tracedWorkloads(document);
  if (!main) return null;
  return html`<section aria-labelledby="timeline"><h2 id="timeline">What each server did with the same requests</h2>
<p class="lede">${main.name}: ${main.summary}</p>
<p class="small">${key('queued')} in a queue ${key('waiting')} waiting, as for a database ${key('computing')} computing. Measured one by one, apart from the figures elsewhere; time counts from the first request sent to each server.</p>
${workloadTimeline(document, main.name, looks)}
${others.map(
  ({ name }) =>
    html`<details><summary>The same on ${name}</summary>${workloadTimeline(document, name, looks)}</details>`,
)}</section>`;
}

const key = (kind: SegmentKind): Html =>
  trusted(
    `<svg class="key hue-event-loop" viewBox="0 0 20 10" aria-hidden="true"><rect class="${kind}" width="20" height="10"/></svg>`,
  );

function workloadTimeline(document: RunDocument, workload: string, looks: Looks): Html[] {
  const { timelines, lastMs } = timelinesOf(document, workload);
  const models = new Set(
    document.plan.servers.filter(({ kind }) => kind === 'model').map(({ name }) => name),
  );
  return timelines.map(({ run, lanes, caption }) => {
    const look = looks.get(run.server);
    return html`<figure class="timeline"><figcaption><div><strong>${swatch(look)}${run.server}</strong><p>${caption}</p></div>${models.has(run.server) ? drawModel(run.server) : null}</figcaption>
${drawLanes(run.server, lanes, lastMs, look, caption)}
<details><summary>The numbers</summary>${numbers(run)}</details></figure>`;
  });
}

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
      { title: 'in hand', numeric: true, cell: ({ inFlight }) => String(inFlight) },
    ],
    run.requests,
  );
