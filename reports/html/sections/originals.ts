import type { RunDocument } from '../../../results/run-document.ts';
import type { Judgement } from '../../../results/verdicts/judge.ts';
import { asFactor } from '../../../results/verdicts/ratio-in-words.ts';
import { type Likeness, pairsOf } from '../../originals.ts';
import type { Look } from '../../palette.ts';
import { spreadText } from '../../spread.ts';
import { table } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { swatch } from '../swatch.ts';

/** The models side by side with the real systems that they stand for; null where none of those ran. */
export function originals(
  document: RunDocument,
  judgement: Judgement,
  looks: ReadonlyMap<string, Look>,
): Html | null {
  const pairs = pairsOf(document, judgement);
  if (pairs.length === 0) return null;
  return html`<section aria-labelledby="originals"><h2 id="originals">Models against originals</h2>
<p class="lede">A model is written in TypeScript, its original in a language of its own: the same request may cost them different CPU time, so levels may differ where the concurrency does not. What should agree is which work each model is good at.</p>
${pairs.map(
  ({
    model,
    original,
    likenesses,
  }) => html`<h3>${swatch(looks.get(model.name))}${model.name} and ${swatch(looks.get(original.name))}${original.name}</h3>
${table<Likeness>(
  `Throughput of ${model.name} and ${original.name}, requests/s`,
  [
    { title: 'workload', cell: ({ workload }) => workload },
    { title: model.name, numeric: true, cell: (one) => spreadText(one.model) },
    { title: original.name, numeric: true, cell: (one) => spreadText(one.original) },
    { title: 'original over model', numeric: true, cell: ratioText },
  ],
  likenesses,
)}`,
)}</section>`;
}

function ratioText({ ratio }: Likeness): string {
  if (!ratio) return 'not compared';
  const { value, range } = asFactor(ratio);
  return `${value} (${range})`;
}
