import type { RunDocument } from '../../../results/document/run-document.ts';
import { plural } from '../../../results/format.ts';
import type { WorkloadCurves } from '../../../results/load-curve/load-curve.ts';
import { predictionErrors } from '../../../results/prediction-errors.ts';
import { queueingModelOf, serverCores } from '../../../results/queueing-model.ts';
import { concurrencyModels } from '../../../results/statistics/queueing/models.ts';
import { medianOf } from '../../../results/statistics/summary.ts';
import { type Html, html, scriptJson } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { medianErrors, predictionSentences } from '../../findings/prediction-sentences.ts';
import { figure, idOf, noteOf, number, table } from '../figures/figure.ts';
import { predictedText, threeDigits, type WhatIf, whatIfSpec } from '../figures/what-if-spec.ts';

/** Predictions that the reader changes; for a workload of several classes, where predictions miss; null where nothing is. */
export function whatIf(
  document: RunDocument,
  curves: WorkloadCurves,
  styleOf: StyleOf,
): Html | null {
  const data = whatIfOf(document, curves, styleOf);
  const { workload } = curves;
  const errors = predictionErrors(document, curves);
  const misses = predictionSentences(workload.name, errors).map((text) => html`<p>${text}</p>`);
  if (!data) return misses.length > 0 ? html`<div>${misses}</div>` : null;
  const { measured, range, servers } = data;
  const waits = { low: 0, high: Math.max(200, 4 * measured.waitMs) };
  const cpu = { low: measured.cpuMs / 20, high: measured.cpuMs * 20 };
  return html`<form class="what-if">
<p>Predicted by queueing theory for requests at random moments, not measured. Solid points: the means that were measured.${servers.some(({ workers }) => workers > 1) ? ' Workers: of servers that have several.' : ''}</p>
${misses}
<div class="sliders">
${slider('Offered load', 'perSecond', { low: range.least, high: range.most }, ' requests/s')}
${slider('Wait', 'waitMs', waits, ' ms')}
${slider('CPU time per request', 'cpuMs', cpu, ' ms')}
${servers.some(({ workers }) => workers > 1) ? slider('Workers', 'workers', { low: 1, high: 64 }, '', true) : null}
</div>
<div aria-live="polite"><ul class="answers">${servers.map(
    (server) =>
      html`<li>${swatch(server.style)}<strong>${server.name}</strong> <span class="predicted">${predictedText(data, server, measured)}</span></li>`,
  )}</ul></div>
<button type="reset">Back to what was measured</button>
${figure({
  title: 'Predicted mean response time by offered load',
  note: noteOf(
    `Dashed: predicted, on ${plural(data.cores, 'core')}. Grey upright line: the offered load.`,
    medianErrors(errors),
  ),
  charts: [
    {
      id: idOf('what-if-chart', workload.name),
      summary: `${servers.map((server) => `${server.name} ${predictedText(data, server, measured)}`).join(', ')} (predicted).`,
      spec: whatIfSpec(data, measured),
    },
  ],
  numbers: table<WhatIf['servers'][number]>(
    `Predicted for ${workload.name} at ${threeDigits(measured.perSecond)} requests/s`,
    [
      { title: 'server', cell: ({ name }) => name },
      number('CPU ms per request', ({ cpuMs }) => threeDigits(cpuMs)),
      number('workers', ({ workers }) => String(workers)),
      { title: 'predicted mean', cell: (server) => predictedText(data, server, measured) },
    ],
    servers,
  ),
})}
<script type="application/json">${scriptJson(data)}</script></form>`;
}

const slider = (
  label: string,
  name: keyof WhatIf['measured'],
  { low, high }: { low: number; high: number },
  unit: string,
  isWhole = false,
): Html =>
  html`<label>${label} <input type="range" name="${name}" min="0" max="100" data-low="${low}" data-high="${high}" data-unit="${unit}"${isWhole ? html` data-whole=""` : null}> <output></output></label>`;

function whatIfOf(
  document: RunDocument,
  { workload, servers: curves }: WorkloadCurves,
  styleOf: StyleOf,
): WhatIf | null {
  const [only, ...others] = workload.classes;
  if (!only || others.length > 0) return null;
  const names = Object.entries(concurrencyModels());
  const servers = curves.flatMap(({ server: name, points }): WhatIf['servers'][number][] => {
    const server = document.plan.servers.find((one) => one.name === name);
    const pilot = document.pilots.find(
      (one) => one.server === name && one.workload === workload.name,
    );
    const seconds = pilot?.singleRequests[0]?.cpuSeconds ?? null;
    const found = server && queueingModelOf(server, workload);
    const model = names.find(([, one]) => one === found)?.[0];
    if (!server || server.workers === null || !model || !seconds) return [];
    const means = points.flatMap(({ offeredPerSecond, mean }) =>
      mean ? [{ x: offeredPerSecond, y: mean.median }] : [],
    );
    const style = styleOf(name);
    return [
      {
        name: shortName(name),
        style,
        model,
        workers: server.workers,
        cpuMs: 1000 * seconds,
        means,
      },
    ];
  });
  const loads = servers.flatMap(({ means }) => means.map(({ x }) => x));
  if (loads.length === 0) return null;
  const [least, highest] = [Math.min(...loads), Math.max(...loads)];
  return {
    cores: serverCores(document),
    measured: {
      perSecond: medianOf(loads),
      waitMs: only.waitMs,
      cpuMs: medianOf(servers.map(({ cpuMs }) => cpuMs)),
      workers: null,
    },
    range: { least: least / 2, most: highest * 3 },
    servers,
  };
}
