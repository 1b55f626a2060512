import type { RunDocument } from '../../../results/document/run-document.ts';
import { predictionsOf } from '../../../results/predictions.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { calibrationNote } from '../../findings/fairness.ts';
import { rankingSentences } from '../../findings/ranking-sentences.ts';
import { slowdownSentence } from '../../findings/slowdown-sentence.ts';
import { capitalised } from '../../findings/words.ts';
import { type Quantity, quantityFigure } from '../figures/bar-figure.ts';
import { idOf } from '../figures/figure.ts';
import { againstLoad } from './against-load.ts';
import { connectionMemory } from './connection-memory.ts';
import { overTime } from './over-time.ts';
import { percentiles } from './percentiles.ts';
import { coresBusy, cpuPerRequest, meanResponse, memory, throughput } from './quantities.ts';
import { slowdown } from './slowdown.ts';

/** All measurements of one workload. */
export function byWorkload(
  document: RunDocument,
  ranking: WorkloadRanking,
  styleOf: StyleOf,
): Html {
  const { name, summary, classes } = ranking.workload;
  const { claim, asides, reasons } = rankingSentences(ranking);
  const classNames = classes.length > 1 ? classes.map(({ name }) => name) : [null];
  const predictions = predictionsOf(document, ranking.workload);
  const instead = calibrationNote(document, name);
  const id = idOf('workload', name);
  const bars = (quantity: Quantity) => quantityFigure(ranking, styleOf, quantity);
  const paths = classes.map(
    ({ path }, index) => html`${index > 0 ? ', ' : ''}<code>${path}</code>`,
  );
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p class="lede">${prose([claim, ...asides, slowdownSentence(ranking) ?? ''].join(' ').trimEnd())}</p>
${reasons.map((reason) => html`<p class="gap">${prose(reason)}</p>`)}
<p class="small">${capitalised(summary)}${summary.endsWith('?') ? ' ' : ': '}${paths}${instead === null ? null : html`, ${instead}`}</p>
${
  ranking.leader
    ? html`<div class="pair">${bars(throughput(ranking, predictions))}${bars(meanResponse(ranking, predictions) ?? coresBusy)}</div>
${slowdown(ranking, styleOf)}
${classNames.map(
  (name) =>
    html`<div class="pair">${percentiles(ranking, styleOf, 'shared', name)}${percentiles(ranking, styleOf, 'proportional', name)}</div>`,
)}
${againstLoad(ranking, styleOf, predictions)}
<div class="pair">${classNames.map((name) => percentiles(ranking, styleOf, 'closed', name))}</div>
${overTime(ranking, styleOf)}
<div class="pair">${bars(cpuPerRequest)}${bars(memory)}${connectionMemory(ranking, styleOf, document.pilots)}</div>`
    : null
}
</section>`;
}
