import type { Contest } from '../../contest.ts';
import { contestSentences } from '../../contest-sentence.ts';
import type { Look } from '../../palette.ts';
import { idPart } from '../figure.ts';
import { type Html, html, prose } from '../html.ts';
import { coresBusy, cpuPerRequest, memory } from './resources.ts';
import { serviceTimes } from './service-time.ts';
import { throughput } from './throughput.ts';

/** All that was measured on one workload. */
export function byWorkload(contest: Contest, looks: ReadonlyMap<string, Look>): Html {
  const { name, summary, classes } = contest.workload;
  const { claim, asides } = contestSentences(contest);
  const id = `workload-${idPart(name)}`;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p class="lede">${prose([claim, ...asides].join(' '))}</p>
<p class="small">${summary}: ${classes.map(({ path }, index) => html`${index > 0 ? ', ' : ''}<code>${path}</code>`)}</p>
${
  contest.best
    ? html`<div class="pair">${throughput(contest, looks)}${coresBusy(contest, looks)}</div>
${serviceTimes(contest, looks)}
<div class="pair">${cpuPerRequest(contest, looks)}${memory(contest, looks)}</div>`
    : null
}
</section>`;
}
