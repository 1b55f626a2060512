import type { CellChange, RunComparison } from '../../results/comparison/change.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { percent } from '../../results/format.ts';
import { type Html, html, prose } from '../drawing/markup.ts';
import { changeSentence } from '../findings/change-sentence.ts';
import { capitalised } from '../findings/words.ts';
import { table } from '../html/figure.ts';
import { page } from '../html/page.ts';
import { forest, reachOf } from './forest.ts';
import { comparisonHeadline } from './headline.ts';

const signs = {
  worse: '✗ worse',
  broken: '✗ broken',
  better: '✓ better',
  unchanged: '= unchanged',
  unclear: '? unclear',
  'not-compared': '– no answer',
} as const;

/** What changed from one run to another, as an HTML page. */
export function renderComparison(
  comparison: RunComparison,
  base: RunDocument,
  next: RunDocument,
): string {
  const { threshold, cells, warnings } = comparison;
  const workloads = [...new Set(cells.map(({ workload }) => workload))];
  const body = html`<main class="comparison">
<h1>${prose(comparisonHeadline(comparison))}</h1>
<p>From the run of ${when(base)} to that of ${when(next)}.</p>
${warnings.length > 0 ? html`<ul class="checks">${warnings.map(({ message, advice }) => html`<li class="warn"><span class="sign">! doubtful</span><div>${capitalised(message)}; ${advice}.</div></li>`)}</ul>` : null}
<p class="small">Dots and lines: new value over old with its 95 % interval, on a logarithmic axis; in grey, less than ${percent(threshold)} either way.</p>
${workloads.map((workload) =>
  section(
    workload,
    cells.filter((cell) => cell.workload === workload),
    reachOf(cells),
    threshold,
  ),
)}
</main>`;
  return page('Two runs compared: concurrency-bench', body, []);
}

const when = ({ startedAt, environment }: RunDocument): Html =>
  html`${startedAt.slice(0, 16).replace('T', ' ')} (${environment.benchVersion}${environment.commit === null ? '' : `, commit ${environment.commit.slice(0, 12)}`})`;

function section(
  workload: string,
  cells: readonly CellChange[],
  reach: number,
  threshold: number,
): Html {
  return html`<section><h2>${workload}</h2>${table<CellChange>(
    `What changed on ${workload}`,
    [
      { title: 'server', cell: ({ server }) => server },
      {
        title: 'verdict',
        cell: ({ change }) =>
          change.kind === 'worse' || change.kind === 'broken' || change.kind === 'better'
            ? html`<strong>${signs[change.kind]}</strong>`
            : signs[change.kind],
      },
      { title: 'new / old', cell: (cell) => forest(cell, reach, threshold) ?? '–' },
      {
        title: 'in words',
        cell: (cell) => html`<p>${prose(`${capitalised(changeSentence(cell, threshold))}.`)}</p>`,
      },
    ],
    cells,
  )}</section>`;
}
