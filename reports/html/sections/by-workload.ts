import type { Pilot } from '../../../results/document/run-document.ts';
import type { Predictions } from '../../../results/predictions.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { rankingSentences } from '../../findings/ranking-sentences.ts';
import { capitalised } from '../../findings/words.ts';
import { type Quantity, quantityFigure } from '../bar-figure.ts';
import { idOf } from '../figure.ts';
import { againstLoad } from './against-load.ts';
import { connectionMemory } from './connection-memory.ts';
import { overTime } from './over-time.ts';
import { percentiles } from './percentiles.ts';
import { coresBusy, cpuPerRequest, meanResponse, memory, throughput } from './quantities.ts';

/** All measurements of one workload. */
export function byWorkload(
  ranking: WorkloadRanking,
  styleOf: StyleOf,
  predictions: Predictions,
  pilots: readonly Pilot[],
  calibrationNote: string | null,
): Html {
  const { name, summary, classes } = ranking.workload;
  const { claim, asides, reasons } = rankingSentences(ranking);
  const classNames = classes.length > 1 ? classes.map(({ name }) => name) : [null];
  const id = idOf('workload', name);
  const bars = (quantity: Quantity) => quantityFigure(ranking, styleOf, quantity);
  const paths = classes.map(
    ({ path }, index) => html`${index > 0 ? ', ' : ''}<code>${path}</code>`,
  );
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p class="lede">${prose([claim, ...asides].join(' '))}</p>
${reasons.map((reason) => html`<p class="gap">${prose(reason)}</p>`)}
<p class="small">${capitalised(summary)}${summary.endsWith('?') ? ' ' : ': '}${paths}${calibrationNote === null ? null : html`, ${calibrationNote}`}</p>
${
  ranking.leader
    ? html`<div class="pair">${bars(throughput(ranking, predictions))}${bars(meanResponse(ranking, predictions) ?? coresBusy)}</div>
${classNames.map(
  (name) =>
    html`<div class="pair">${percentiles(ranking, styleOf, 'shared', name)}${percentiles(ranking, styleOf, 'proportional', name)}</div>`,
)}
${againstLoad(ranking, styleOf, predictions)}
<div class="pair">${classNames.map((name) => percentiles(ranking, styleOf, 'closed', name))}</div>
${overTime(ranking, styleOf)}
<div class="pair">${bars(cpuPerRequest)}${bars(memory)}${connectionMemory(ranking, styleOf, pilots)}</div>`
    : null
}
</section>`;
}
