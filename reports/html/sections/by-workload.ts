import type { Pilot } from '../../../results/document/run-document.ts';
import type { Predictions } from '../../../results/predictions.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { contestSentences } from '../../findings/contest-sentences.ts';
import type { Look } from '../../findings/palette.ts';
import { idPart } from '../figure.ts';
import { type Html, html, prose } from '../html.ts';
import { againstLoad } from './against-load.ts';
import { meanResponse, throughput } from './capacity.ts';
import { connectionMemory } from './connection-memory.ts';
import { overTime } from './over-time.ts';
import { coresBusy, cpuPerRequest, memory } from './resources.ts';
import { times } from './times.ts';

/** All that was measured on one workload. */
export function byWorkload(
  contest: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  predictions: Predictions,
  pilots: readonly Pilot[],
  askedInstead: string | null,
): Html {
  const { name, summary, classes } = contest.workload;
  const { claim, asides, gaps } = contestSentences(contest);
  const classNames = classes.length > 1 ? classes.map(({ name }) => name) : [null];
  const id = `workload-${idPart(name)}`;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p class="lede">${prose([claim, ...asides].join(' '))}</p>
${gaps.map((gap) => html`<p class="gap">${gap}</p>`)}
<p class="small">${summary}: ${classes.map(({ path }, index) => html`${index > 0 ? ', ' : ''}<code>${path}</code>`)}${askedInstead === null ? null : html`, ${askedInstead}`}</p>
${
  contest.leader
    ? html`<div class="pair">${throughput(contest, looks, predictions)}${meanResponse(contest, looks, predictions) ?? coresBusy(contest, looks)}</div>
${classNames.map(
  (name) =>
    html`<div class="pair">${times(contest, looks, 'shared', name)}${times(contest, looks, 'proportional', name)}</div>`,
)}
${againstLoad(contest, looks, predictions)}
<div class="pair">${classNames.map((name) => times(contest, looks, 'closed', name))}</div>
${overTime(contest, looks)}
<div class="pair">${cpuPerRequest(contest, looks)}${memory(contest, looks)}${connectionMemory(contest, looks, pilots)}</div>`
    : null
}
</section>`;
}
