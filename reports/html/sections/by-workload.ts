import type { RunDocument } from '../../../results/document/run-document.ts';
import { costOf } from '../../../results/load-curve/cost.ts';
import type { WorkloadCurves } from '../../../results/load-curve/load-curve.ts';
import { predictionsOf } from '../../../results/predictions.ts';
import type { WindowName } from '../../../results/select.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { calibrationNote } from '../../findings/fairness.ts';
import { costInWords } from '../../findings/load-text.ts';
import { rankingSentences } from '../../findings/ranking-sentences.ts';
import { whyClauses } from '../../findings/why-sentences.ts';
import { capitalised } from '../../findings/words.ts';
import { type Quantity, quantityFigure } from '../figures/bar-figure.ts';
import { idOf } from '../figures/figure.ts';
import { disclosure, type Section, section } from '../figures/section.ts';
import { connectionMemory } from './connection-memory.ts';
import { cpuByLoad } from './cpu-by-load.ts';
import { loadCurve } from './load-curve.ts';
import { overTime } from './over-time.ts';
import { percentiles } from './percentiles.ts';
import {
  coresBusy,
  cpuPerRequest,
  mainResponse,
  meanResponse,
  memory,
  throughput,
} from './quantities.ts';
import { slowdown } from './slowdown.ts';
import { whatIf } from './what-if.ts';

/** Figures side by side where there is room; null where there are none. */
function pair(figures: readonly (Html | null)[]): Html | null {
  const some = figures.filter((one) => one !== null);
  return some.length === 0 ? null : html`<div class="pair">${some}</div>`;
}

/** A sentence about each server, from clauses by name; null where there are none. */
function aboutServers(clauses: ReadonlyMap<string, string>, styleOf: StyleOf): Html | null {
  if (clauses.size === 0) return null;
  return html`<dl class="why">${[...clauses].map(
    ([server, clause]) =>
      html`<dt>${swatch(styleOf(server))}${server}</dt><dd>${prose(`${capitalised(clause)}.`)}</dd>\n`,
  )}</dl>`;
}

/** One workload: the figures that decide, the others behind disclosures. */
export function byWorkload(
  document: RunDocument,
  ranking: WorkloadRanking,
  curves: WorkloadCurves,
  styleOf: StyleOf,
): Section {
  const { name, summary, classes } = ranking.workload;
  const { claim, asides, reasons } = rankingSentences(ranking);
  const classNames = classes.length > 1 ? classes.map(({ name }) => name) : [null];
  const predictions = predictionsOf(document, ranking.workload);
  const instead = calibrationNote(document, name);
  const id = idOf('workload', name);
  const costs = new Map(
    curves.servers.flatMap((curve) => {
      const cost = costInWords(costOf(document, name, curve));
      return cost === null ? [] : [[curve.server, cost] as const];
    }),
  );
  const bars = (quantity: Quantity) => quantityFigure(ranking, styleOf, quantity);
  const responses = meanResponse(ranking, predictions);
  const served = bars(throughput(ranking, predictions));
  const busy = bars(responses ?? coresBusy);
  const main = mainResponse(ranking);
  const beside = slowdown(ranking, styleOf);
  const curve = loadCurve(curves, styleOf, predictions);
  const [lead, second] = main
    ? [beside ?? bars(main), beside ? bars(main) : served]
    : [served, busy];
  const deciding = [lead, curve ?? second];
  const others = [...new Set([second, ...(main ? [served, busy] : [])])].filter(
    (one) => !deciding.includes(one),
  );
  const times = (window: WindowName) =>
    classNames.map((name) => percentiles(ranking, styleOf, window, name));
  const paths = classes.map(
    ({ path }, index) => html`${index > 0 ? ', ' : ''}<code class="whole">${path}</code>`,
  );
  return section(
    id,
    name,
    name,
    html`<p class="lede">${prose([claim, ...asides].join(' '))}</p>
${reasons.map((reason) => html`<p class="gap">${prose(reason)}</p>`)}
<p class="small">${capitalised(summary)}${summary.endsWith('?') ? ' ' : ': '}${paths}${instead === null ? null : html`, ${instead}`}</p>
${aboutServers(whyClauses(document, ranking), styleOf)}
${
  ranking.leader
    ? html`<div class="pair">${deciding}</div>
${disclosure(
  {
    id: idOf('what-if', name),
    ...(classes.length > 1
      ? { title: 'Predictions', inside: 'where queueing theory misses, and why' }
      : {
          title: 'What if',
          inside:
            'predicted response time with another load, wait, CPU time per request or number of workers',
        }),
  },
  [whatIf(document, curves, styleOf)],
)}
${disclosure(
  {
    id: idOf('percentiles', name),
    title: 'Times by percentile',
    inside: 'response time in open loops, service time in the closed loop',
    printed: true,
  },
  [
    pair([
      classNames.length > 1 ? percentiles(ranking, styleOf, 'alone', classNames[0] ?? null) : null,
      ...times('shared'),
      ...times('proportional'),
      ...times('closed'),
    ]),
  ],
)}
${disclosure(
  {
    id: idOf('course', name),
    title: 'Over time',
    inside: 'throughput, CPU use and event-loop delay in the closed loop',
  },
  [overTime(ranking, styleOf)],
)}
${disclosure(
  {
    id: idOf('cost', name),
    title: main ? 'Throughput and cost' : 'Cost',
    inside: `${main ? 'throughput, mean response time, ' : ''}CPU time per request, memory, idle`,
    printed: true,
  },
  [
    aboutServers(costs, styleOf),
    pair([
      ...others,
      bars(cpuPerRequest),
      cpuByLoad(curves, styleOf),
      bars(memory),
      connectionMemory(ranking, styleOf, document.pilots),
    ]),
  ],
)}`
    : null
}`,
  );
}
