import type { Component } from '../../results/fidelity/component.ts';
import type { PairFidelity, WorkloadFidelity } from '../../results/fidelity/fidelities.ts';
import type { Fidelity } from '../../results/fidelity/fidelity.ts';
import { fidelityText } from '../findings/fidelity-sentences.ts';
import { formatNumber } from '../findings/numbers.ts';
import { table } from './figure.ts';
import { type Html, html } from './html.ts';

const titles: readonly [Component['kind'], string][] = [
  ['throughput', 'throughput'],
  ['interference', 'interference'],
  ['tail', 'tail'],
  ['at-once', 'at once'],
];

interface Row {
  readonly name: string;
  readonly fidelity: Fidelity | null;
  readonly components: WorkloadFidelity['components'];
}

/** A pair's fidelity under every workload and over all, and behind it what was compared. */
export function fidelityTable({ model, original, workloads, fidelity }: PairFidelity): Html {
  const rows: Row[] = [
    ...workloads.map(({ workload, ...one }) => ({ name: workload, ...one })),
    { name: 'all', fidelity, components: [] },
  ];
  const names = `${model.name} and ${original.name}`;
  return html`${table<Row>(
    `Fidelity of ${model.name} to ${original.name}, from 0 to 1, with its 95 % interval`,
    [
      { title: 'workload', cell: ({ name }) => name },
      { title: 'fidelity', numeric: true, cell: (row) => fidelityText(row.fidelity) },
      ...titles.map(([kind, title]) => ({
        title,
        numeric: true,
        cell: ({ components }: Row) => cellText(components.find((one) => one.kind === kind)),
      })),
    ],
    rows,
  )}
<details><summary>What was compared</summary>${table<Compared>(
    `What fidelity is made of, ${names}`,
    [
      { title: 'workload', cell: ({ workload }) => workload },
      { title: 'quantity', cell: ({ quantity }) => quantity },
      { title: model.name, numeric: true, cell: (one) => valueText(one.model) },
      { title: original.name, numeric: true, cell: (one) => valueText(one.original) },
      { title: 'blocks', numeric: true, cell: blocksText },
    ],
    workloads.flatMap(({ workload, components }) =>
      components.map((component) => ({ ...component, workload })),
    ),
  )}</details>`;
}

type Compared = Component & { readonly workload: string };

function cellText(component: Component | undefined): string {
  if (!component) return '–';
  const { fidelity, kind } = component;
  if (!fidelity) return 'not compared';
  return kind === 'at-once' ? fidelity.score.toFixed(2) : fidelityText(fidelity);
}

const valueText = (value: number | null): string => (value === null ? '–' : formatNumber(value));

const blocksText = ({ missing, kind, blocks }: Compared): string =>
  missing ?? (kind === 'at-once' ? 'one traced run' : String(blocks));
