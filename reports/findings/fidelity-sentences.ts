import type { RunDocument } from '../../results/document/run-document.ts';
import type { Component, Fidelity } from '../../results/fidelity/fidelity.ts';
import type { ModelFidelity } from '../../results/fidelity/model-fidelity.ts';
import { type RankAgreement, rankAgreements } from '../../results/fidelity/pairs.ts';
import { percent } from '../../results/format.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import { formatNumber, listed, plural } from './numbers.ts';
import { repeatCommandWith } from './trust/repeat-command.ts';
import { capitalised, serverInWords } from './words.ts';

/** What the two kinds of fairness compare. */
export const fairnessInWords =
  'With --fairness work every server is asked for the same work, which costs it what its language makes it cost, so that levels may differ where the concurrency does not. With --fairness demand a computation is made to cost every server the same CPU time, so that what still differs is the concurrency: there it can be told how faithful a model is to its original.';

export const fidelityInWords =
  'A fidelity of 0.9 means that, by the typical measure, the two differ by 11 %; 1 is alike.';

/** Above this, to say where two are furthest apart would make much of nothing. */
const alike = 0.995;

/** The command that would tell how faithful the models of a run are. */
export const demandCommand = (document: RunDocument): string =>
  repeatCommandWith(document, '--fairness', 'demand');

/** "0.95 (0.93–0.97)"; without an interval where there is none; "–" without a number. */
export function fidelityText(fidelity: Fidelity | null): string {
  if (!fidelity) return '–';
  const { score, interval } = fidelity;
  const text = (value: number) => value.toFixed(2);
  return interval
    ? `${text(score)} (${text(interval.low)}–${text(interval.high)})`
    : `${text(score)}, no interval`;
}

/** How faithful a model is, what that means, and by what it is least so. */
export function fidelitySentences({
  model,
  reference,
  fidelity,
  workloads,
}: ModelFidelity): string {
  const [one, other] = [serverInWords(model.name), serverInWords(reference.name)];
  if (!fidelity) {
    const reasons = workloads.flatMap(({ components }) =>
      components.flatMap((of) => of.missing ?? []),
    );
    const why = reasons[0] === undefined ? '' : `: ${reasons[0]}`;
    return `${capitalised(one)} and ${other} could not be held against each other${why}.`;
  }
  const apart = percent(1 / fidelity.score - 1);
  const worst = workloads
    .flatMap(({ workload, components }) => components.map((of) => ({ ...of, workload })))
    .filter((of) => of.fidelity !== null)
    .toSorted((a, b) => (a.fidelity?.score ?? 1) - (b.fidelity?.score ?? 1))[0];
  const least =
    worst && worst.fidelity && worst.fidelity.score < alike
      ? ` They are furthest apart in the ${worst.quantity} on ${worst.workload}: ${sides(worst)}, a fidelity of ${fidelityText(worst.fidelity)}.`
      : '';
  return `${capitalised(one)} has a fidelity of ${fidelityText(fidelity)} to ${other}: by the typical measure they differ by ${apart}.${least}`;
}

const sides = ({ model, reference }: Component): string =>
  model === null || reference === null
    ? '–'
    : `${formatNumber(model)} against ${formatNumber(reference)}`;

/** Whether the originals stand in the order of their models, workload by workload. */
export function rankingSentences(
  document: RunDocument,
  comparisons: readonly Comparison[],
): string[] {
  return rankAgreements(document, comparisons).map(rankingSentence);
}

function rankingSentence({ workload, compared, agreeing, reversed }: RankAgreement): string {
  const [first] = reversed;
  if (first) {
    const models = listed(first.map(({ model }) => serverInWords(model)));
    const originals = listed(first.map(({ reference }) => serverInWords(reference)));
    const more = reversed.length > 1 ? `, and ${reversed.length - 1} more of ${compared} so` : '';
    return `On ${workload}, ${models} stand the other way round than ${originals}, by throughput${more}.`;
  }
  const comparisons = plural(compared, 'comparison');
  return agreeing === compared
    ? `On ${workload}, the originals stand by throughput in the order of their models, in ${comparisons}.`
    : `On ${workload}, no original stands the other way round than its model by throughput; in ${compared - agreeing} of ${comparisons} only one side shows a difference.`;
}
