import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Component, Fidelity } from '../../../results/fidelity/fidelity.ts';
import type { ModelFidelity, WorkloadFidelity } from '../../../results/fidelity/model-fidelity.ts';
import { modelFidelities } from '../../../results/fidelity/model-fidelity.ts';
import { comparedReferences, type ModelVsReference } from '../../../results/fidelity/pairs.ts';
import { formatFactor, formatNumber } from '../../../results/format.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { swatch } from '../../drawing/swatch.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import {
  demandCommand,
  fairnessInWords,
  fidelityInWords,
  fidelitySentences,
  fidelityText,
  orderSentences,
} from '../../findings/fidelity-sentences.ts';
import { idOf, number, table } from '../figures/figure.ts';
import { disclosure, type Section, section } from '../figures/section.ts';
import { concurrencyFigure } from './concurrency.ts';

/** The models beside the references that they model; null where no reference ran. */
export function references(
  document: RunDocument,
  comparisons: readonly Comparison[],
  styleOf: StyleOf,
): Section | null {
  const pairs = comparedReferences(document, comparisons);
  if (pairs.length === 0) return null;
  const compared = modelFidelities(document);
  const equalDemand = document.plan.fairness === 'demand';
  return section(
    'references',
    'References',
    'Models and references',
    html`<p class="lede">${fairnessInWords}</p>
<p>${equalDemand ? fidelityInWords : html`To measure how closely the models match, run: <code>${demandCommand(document)}</code>`}</p>
${orderSentences(document, comparisons).map((sentence) => html`<p>${sentence}</p>`)}
${pairs.map((pair) => {
  const { model, reference } = pair;
  const fidelity = compared.find((one) => one.model === model && one.reference === reference);
  return html`<h3>${swatch(styleOf(model.name))}${model.name} and ${swatch(styleOf(reference.name))}${reference.name}</h3>
${
  fidelity
    ? html`<p>${prose(fidelitySentences(fidelity))}</p>
${fidelityTables(fidelity)}
${disclosure(
  {
    id: idOf('concurrency', model.name, reference.name, 'all'),
    title: 'Throughput by concurrency',
    inside: 'closed loops from few to many connections, each workload',
    printed: true,
  },
  [concurrencyFigure(document, fidelity, styleOf)],
)}`
    : null
}
${throughputTable(pair)}`;
})}`,
  );
}

const throughputTable = ({ model, reference, workloads }: ModelVsReference): Html =>
  table<ModelVsReference['workloads'][number]>(
    `Throughput of ${model.name} and ${reference.name}, requests/s`,
    [
      { title: 'workload', cell: ({ workload }) => workload },
      number(model.name, (one) => spreadText(one.model)),
      number(reference.name, (one) => spreadText(one.reference)),
      number('reference / model', ({ ratio }) => {
        if (!ratio) return 'not compared';
        const { value, range } = formatFactor(ratio);
        return `${value} (${range})`;
      }),
    ],
    workloads,
  );

const components: readonly [Component['kind'], string][] = [
  ['throughput', 'throughput'],
  ['interference', 'interference'],
  ['tail', 'tail'],
];

interface FidelityRow {
  readonly name: string;
  readonly fidelity: Fidelity | null;
  readonly components: WorkloadFidelity['components'];
}

type ComparedRow = Component & { readonly workload: string };

/** A pair's fidelity under every workload and over all, and the quantities that it is computed from. */
function fidelityTables({ model, reference, workloads, fidelity }: ModelFidelity): Html {
  const rows: FidelityRow[] = [
    ...workloads.map(({ workload, ...one }) => ({ name: workload, ...one })),
    { name: 'all', fidelity, components: [] },
  ];
  const valueText = (value: number | null) => (value === null ? '–' : formatNumber(value));
  return html`${table<FidelityRow>(
    `Fidelity of ${model.name} to ${reference.name}, from 0 to 1 (95 % CI)`,
    [
      { title: 'workload', cell: ({ name }) => name },
      number('fidelity', (row) => fidelityText(row.fidelity)),
      ...components.map(([kind, title]) =>
        number(title, (row: FidelityRow) =>
          scoreText(row.components.find((one) => one.kind === kind)),
        ),
      ),
    ],
    rows,
  )}
${disclosure(
  {
    id: idOf('compared', model.name, reference.name),
    title: 'What was compared',
    inside: 'the quantities behind each figure, with their blocks',
  },
  [
    table<ComparedRow>(
      `Quantities behind the fidelity of ${model.name} to ${reference.name}`,
      [
        { title: 'workload', cell: ({ workload }) => workload },
        { title: 'quantity', cell: ({ quantity }) => quantity },
        number(model.name, (one) => valueText(one.model)),
        number(reference.name, (one) => valueText(one.reference)),
        number('blocks', ({ missing, blocks }) => missing ?? String(blocks)),
      ],
      workloads.flatMap(({ workload, components }) =>
        components.map((component) => ({ ...component, workload })),
      ),
    ),
  ],
)}`;
}

function scoreText(component: Component | undefined): string {
  if (!component) return '–';
  return component.fidelity ? fidelityText(component.fidelity) : 'not compared';
}
