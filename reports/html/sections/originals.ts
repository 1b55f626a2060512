import type { RunDocument } from '../../../results/document/run-document.ts';
import {
  type Likeness,
  type Pair,
  pairsOf,
} from '../../../results/fidelity/compared-references.ts';
import { formatFactor } from '../../../results/format.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import {
  demandCommand,
  fairnessInWords,
  fidelityInWords,
  fidelitySentences,
  heldAgainstOriginals,
  rankingSentences,
} from '../../findings/fidelity-sentences.ts';
import type { Look } from '../../findings/palette.ts';
import { spreadText } from '../../findings/spread.ts';
import { concurrencyCurves } from '../concurrency-curves.ts';
import { fidelityTable } from '../fidelity-table.ts';
import { table } from '../figure.ts';
import { type Html, html, prose } from '../html.ts';
import { swatch } from '../swatch.ts';

/** The models side by side with the real systems that they stand for; null where none of those ran. */
export function originals(
  document: RunDocument,
  comparisons: readonly Comparison[],
  looks: ReadonlyMap<string, Look>,
): Html | null {
  const pairs = pairsOf(document, comparisons);
  if (pairs.length === 0) return null;
  const held = heldAgainstOriginals(document);
  return html`<section aria-labelledby="originals"><h2 id="originals">Models against originals</h2>
<p class="lede">${fairnessInWords}</p>
${
  document.plan.fairness === 'demand'
    ? html`<p>${fidelityInWords}</p>`
    : html`<p>This run asked for the same work. How faithful its models are, this would tell: <code>${demandCommand(document)}</code></p>`
}
${rankingSentences(document, comparisons).map((sentence) => html`<p>${sentence}</p>`)}
${pairs.map((pair) => {
  const { model, original } = pair;
  const fidelity = held.find((one) => one.model === model && one.original === original);
  return html`<h3>${swatch(looks.get(model.name))}${model.name} and ${swatch(looks.get(original.name))}${original.name}</h3>
${
  fidelity
    ? html`<p>${prose(fidelitySentences(fidelity))}</p>
${fidelityTable(fidelity)}
${concurrencyCurves(document, fidelity, looks)}`
    : null
}
${throughputTable(pair)}`;
})}</section>`;
}

const throughputTable = ({ model, original, likenesses }: Pair): Html =>
  table<Likeness>(
    `Throughput of ${model.name} and ${original.name}, requests/s`,
    [
      { title: 'workload', cell: ({ workload }) => workload },
      { title: model.name, numeric: true, cell: (one) => spreadText(one.model) },
      { title: original.name, numeric: true, cell: (one) => spreadText(one.original) },
      { title: 'original over model', numeric: true, cell: ratioText },
    ],
    likenesses,
  );

function ratioText({ ratio }: Likeness): string {
  if (!ratio) return 'not compared';
  const { value, range } = formatFactor(ratio);
  return `${value} (${range})`;
}
