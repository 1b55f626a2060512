import type { PlannedServer, RunDocument, TracedRun } from '../../../results/run-document.ts';
import { formatNumber } from '../../numbers.ts';
import type { Look } from '../../palette.ts';
import { timelineCaption } from '../../timeline/caption.ts';
import { lanesOf } from '../../timeline/lanes.ts';
import { type Segment, segmentsOf } from '../../timeline/segments.ts';
import { table } from '../figure.ts';
import { type Html, html, trusted } from '../html.ts';
import { drawLanes } from '../lanes-drawing.ts';
import { swatch } from '../swatch.ts';

/**
 * The same requests through each server, one time axis for all: a lane for each process or thread. The workload with
 * several classes tells most, and is shown; the others can be opened.
 */
export function timeline(
  { traces, plan }: RunDocument,
  looks: ReadonlyMap<string, Look>,
): Html | null {
  const workloads = plan.workloads.filter(({ name }) =>
    traces.some(({ workload }) => workload === name),
  );
  const main = workloads.find(({ classes }) => classes.length > 1) ?? workloads[0];
  if (!main) return null;
  const shown = (name: string) =>
    workloadTimeline(
      traces.filter(({ workload }) => workload === name),
      plan.servers,
      looks,
    );
  return html`<section aria-labelledby="timeline"><h2 id="timeline">What each server did with the same requests</h2>
<p class="lede">${main.name}: ${main.summary}</p>
<p class="small">${key('queued')} in a queue ${key('waiting')} waiting, as for a database ${key('computing')} computing. Measured one by one, apart from the figures elsewhere.</p>
${shown(main.name)}
${workloads
  .filter((workload) => workload !== main)
  .map(
    ({ name }) => html`<details><summary>The same on ${name}</summary>${shown(name)}</details>`,
  )}</section>`;
}

const key = (kind: Segment['kind']): Html =>
  trusted(
    `<svg class="key hue-event-loop" viewBox="0 0 20 10" aria-hidden="true"><rect class="${kind}" width="20" height="10"/></svg>`,
  );

function workloadTimeline(
  runs: readonly TracedRun[],
  servers: readonly PlannedServer[],
  looks: ReadonlyMap<string, Look>,
): Html[] {
  const lastMs = Math.max(
    ...runs.flatMap(({ requests }) => requests.map(({ answeredMs }) => answeredMs)),
  );
  return runs.map((run) => {
    const look = looks.get(run.server);
    const segments = segmentsOf(
      run,
      hasThreadsApart(servers.find(({ name }) => name === run.server)),
    );
    const caption = timelineCaption(run, segments);
    return html`<figure class="timeline"><figcaption><strong>${swatch(look)}${run.server}</strong><p>${caption}</p></figcaption>
${drawLanes(run.server, lanesOf(segments), lastMs, look, caption)}
<details><summary>The numbers</summary>${numbers(run)}</details></figure>`;
  });
}

/** Whether what a server calls a worker is one thread: so it is in the models; Go names the process that has them all. */
const hasThreadsApart = (server: PlannedServer | undefined): boolean =>
  server?.kind === 'model' || (server?.kind === 'reference' && server.standsFor !== 'pool');

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
