import type { AssertionResult } from '../../results/assertions/assertion.ts';
import type { CellChange, RunComparison } from '../../results/comparison/change.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { formatNumber, percent } from '../../results/format.ts';
import { type Html, html, prose, trusted } from '../drawing/markup.ts';
import { changeClause, changeSigns, comparisonSentences } from '../findings/change-sentences.ts';
import { sentence } from '../findings/words.ts';
import { table } from './figures/figure.ts';
import { page } from './page.ts';
import { assertionList } from './sections/assertions.ts';

/** What changed from one run to another, as an HTML page. */
export function renderComparison(
  comparison: RunComparison,
  assertions: readonly AssertionResult[],
  base: RunDocument,
  next: RunDocument,
): string {
  const { threshold, cells, warnings } = comparison;
  const reach = reachOf(cells);
  const workloads = [...new Set(cells.map(({ workload }) => workload))];
  const [lead = '', ...rest] = comparisonSentences(comparison);
  const body = html`<main class="comparison">
<h1>${prose(lead)}</h1>
${rest.length > 0 ? html`<p class="lede">${prose(rest.join(' '))}</p>` : null}
<p>Base: ${when(base)}. New: ${when(next)}.</p>
${assertions.length > 0 ? assertionList(assertions) : null}
${warnings.length > 0 ? html`<ul class="checks">${warnings.map(({ message, advice }) => html`<li class="warn"><span class="sign">! warning</span><div>${sentence(`${message}; ${advice}`)}</div></li>`)}</ul>` : null}
<p class="small">Dots and lines: new value / base value with its 95 % CI, on a logarithmic axis from ${axisEnd(-reach)} to ${axisEnd(reach)}; the grey band marks changes below ${percent(threshold)}.</p>
${workloads.map((workload) =>
  section(
    workload,
    cells.filter((cell) => cell.workload === workload),
    reach,
    threshold,
  ),
)}
</main>`;
  return page('Comparison of two runs: concurrency-bench', body, []);
}

const when = ({ startedAt, environment }: RunDocument): Html =>
  html`${startedAt.slice(0, 19).replace('T', ' ')} UTC (concurrency-bench ${environment.benchVersion}${environment.commit === null ? '' : `, commit ${environment.commit.slice(0, 12)}`})`;

function section(
  workload: string,
  cells: readonly CellChange[],
  reach: number,
  threshold: number,
): Html {
  return html`<section><h2>${workload}</h2>${table<CellChange>(
    `Changes on ${workload}`,
    [
      { title: 'server', cell: ({ server }) => server },
      {
        title: 'verdict',
        cell: ({ change }) =>
          change.kind === 'worse' || change.kind === 'broken' || change.kind === 'better'
            ? html`<strong>${changeSigns[change.kind]}</strong>`
            : changeSigns[change.kind],
      },
      { title: 'new / base', cell: (cell) => forest(cell, reach, threshold) ?? '–' },
      {
        title: 'change',
        cell: (cell) => html`<p>${prose(sentence(changeClause(cell, threshold)))}</p>`,
      },
    ],
    cells,
  )}</section>`;
}

const width = 240;
const height = 20;

/** How far the axis must reach to hold every interval: the logarithm of the ratio furthest from 1. */
function reachOf(cells: readonly CellChange[]): number {
  const ends = cells.flatMap(({ change }) =>
    hasNoInterval(change) ? [] : [Math.abs(Math.log(change.low)), Math.abs(Math.log(change.high))],
  );
  return Math.max(Math.log(1.1), ...ends);
}

const axisShare = 0.95;

const axisEnd = (reach: number): string => `${formatNumber(Math.exp(reach / axisShare))}×`;

const hasNoInterval = (change: CellChange['change']) =>
  change.kind === 'not-compared' || change.kind === 'broken';

/** A change's interval on a logarithmic axis with "no change" in the middle, and the threshold around it in grey. */
function forest({ change }: CellChange, reach: number, threshold: number): Html | null {
  if (hasNoInterval(change)) return null;
  const toX = (logRatio: number) => (width / 2) * (1 + (axisShare * logRatio) / reach);
  const [low, at, high] = [change.low, change.ratio, change.high].map((ratio) =>
    toX(Math.log(ratio)).toFixed(1),
  );
  const near = Math.log1p(threshold);
  const middle = height / 2;
  return html`<svg class="forest" viewBox="${`0 0 ${width} ${height}`}" aria-hidden="true">${trusted(
    `<rect class="track" x="${toX(-near).toFixed(1)}" width="${(toX(near) - toX(-near)).toFixed(1)}" height="${height}"/>` +
      `<path class="grid" d="M${width / 2} 0V${height}"/>` +
      `<path class="interval" d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8"/>` +
      `<circle class="interval" cx="${at}" cy="${middle}" r="3.5"/>`,
  )}</svg>`;
}
