import type { RunDocument, TracedRun } from '../../../results/document/run-document.ts';
import { formatNumber } from '../../../results/format.ts';
import type { SeriesStyle } from '../../drawing/chart-spec.ts';
import { type Html, html, scriptJson } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { capitalised } from '../../findings/words.ts';
import { drawLanes, segmentMeanings, segmentSample, timeSpan } from '../../timeline/drawing.ts';
import { timelinesOf, tracedWorkloads } from '../../timeline/timelines.ts';
import { idOf, number, table } from '../figures/figure.ts';
import { drawModel } from '../figures/model-drawing.ts';
import { disclosure, type Section, section } from '../figures/section.ts';

/**
 * The same requests through each server on one time axis, with a lane for each process or thread. The workload that
 * shows most is open, the others can be opened.
 */
export function timeline(document: RunDocument, styleOf: StyleOf): Section | null {
  const [main, ...others] = tracedWorkloads(document);
  if (!main) return null;
  const traced = document.plan.servers.filter(({ name }) =>
    document.traces.some(({ server }) => server === name),
  );
  const styles = traced.map(({ name }) => styleOf(name));
  const legend = segmentMeanings.map(
    ([kind, meaning]) =>
      html`<span class="whole"><svg class="key" viewBox="0 0 24 10" aria-hidden="true">${segmentSample(kind, styles)}</svg> ${meaning}</span> `,
  );
  return section(
    'timeline',
    'Timeline',
    traced.length > 1 ? 'How each server served the same requests' : 'How the requests were served',
    html`<p class="lede">${capitalised(main.name)}: ${main.summary}</p>
<p class="small">${legend}</p>
<p class="small">From a separate traced run, not part of the other figures. Time starts when the first request is sent.</p>
${workloadTimeline(document, main.name, styleOf)}
${others.map(({ name, summary }) =>
  disclosure({ id: idOf('timeline', name), title: `The same for ${name}`, inside: summary }, [
    workloadTimeline(document, name, styleOf),
  ]),
)}`,
  );
}

/** Long enough to follow: a timeline plays for about this time. */
const playMs = 15_000;

function workloadTimeline(document: RunDocument, workload: string, styleOf: StyleOf): Html {
  const { timelines, lastMs } = timelinesOf(document, workload);
  const isModel = (name: string) =>
    document.plan.servers.some((server) => server.name === name && server.kind === 'model');
  const slowdown = Math.max(1, Number((playMs / lastMs).toPrecision(1)));
  const figures = timelines.map(({ run, lanes, caption }) => {
    const { server } = run;
    const { width, height, markup } = drawLanes(lanes, lastMs, styleOf(server));
    return html`<figure class="timeline" data-note="Grey: in a queue; pale: waiting, as for a database; full colour: computing."><figcaption><div><strong>${swatch(styleOf(server))}${server}</strong> ${counts(styleOf(server))}<p class="whole-run">${caption}</p><p class="moment"></p></div>${isModel(server) ? drawModel(server) : null}</figcaption>
<div class="scroll" role="region" aria-label="${`Timeline of ${server}`}" tabindex="0"><svg class="lanes" viewBox="${`0 0 ${width} ${height.toFixed(0)}`}" role="img" aria-label="${`${server}: ${caption}`}">${markup}</svg></div>
<details><summary>The numbers</summary>${numbers(run)}</details></figure>`;
  });
  return html`<div class="played">
<div class="player" hidden><button type="button" class="play">Play</button> <input type="range" min="0" max="${lastMs.toFixed(1)}" step="${Number((lastMs / 100).toPrecision(2))}" value="0" aria-label="${`Moment in the timelines of ${workload}`}"> <output>0 ms</output> <span class="small">slowed down ${slowdown}×</span>
<p class="small reason">Point at a bar, or go to it with the arrow keys, to read what its request waited for.</p></div>
${figures}
<script type="application/json">${scriptJson({
    ...timeSpan,
    lastMs,
    slowdown,
    timelines: timelines.map(({ played }) => played),
  })}</script></div>`;
}

/** Where the requests are at the moment that is shown. */
const counts = (style: SeriesStyle): Html =>
  html`<span class="counts">${segmentMeanings.map(
    ([kind]) =>
      html`<span class="whole"><svg class="key" viewBox="0 0 24 10" aria-hidden="true">${segmentSample(kind, [style])}</svg> <b></b> ${kind}</span> `,
  )}<span class="whole"><b></b> answered</span></span>`;

const numbers = (run: TracedRun): Html =>
  table<TracedRun['requests'][number]>(
    `The traced requests of ${run.server}, ms`,
    [
      { title: 'class', cell: ({ class: name }) => name },
      number('sent', ({ sentMs }) => formatNumber(sentMs)),
      number('answered', ({ answeredMs }) => formatNumber(answeredMs)),
      number('queue', ({ queueMs }) => formatNumber(queueMs)),
      number('wait', ({ waitMs }) => formatNumber(waitMs)),
      number('compute', ({ computeMs }) => formatNumber(computeMs)),
      { title: 'served by', cell: ({ worker }) => worker },
      number('in flight', ({ inFlight }) => String(inFlight)),
    ],
    run.requests,
  );
