import type { RunDocument } from '../../results/document/run-document.ts';
import type { Component, Fidelity } from '../../results/fidelity/fidelity.ts';
import type { ModelFidelity } from '../../results/fidelity/model-fidelity.ts';
import { type RankAgreement, rankAgreements } from '../../results/fidelity/pairs.ts';
import { formatNumber, joinWithAnd, percent, plural } from '../../results/format.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import { repeatCommandWith } from './repeat-command.ts';
import { capitalised, serverInWords } from './words.ts';

/** What the two kinds of fairness compare. */
export const fairnessInWords =
  'With --fairness work, every server runs the same work, so the speed of its language is part of the result. With --fairness demand, computations are calibrated to cost every server the same CPU time, so the remaining differences come from concurrency: only such a run can measure how closely a model matches its reference.';

export const fidelityInWords =
  'A fidelity of 1 means no difference; 0.9 means that model and reference typically differ by 11 %.';

/** Above this, naming the largest difference would make much of nothing. */
const alike = 0.995;

/** The command that measures how closely the models of a run match their references. */
export const demandCommand = (document: RunDocument): string =>
  repeatCommandWith(document, '--fairness', 'demand');

/** "0.95 (0.93–0.97)"; "–" without a score. */
export function fidelityText(fidelity: Fidelity | null): string {
  if (!fidelity) return '–';
  const { score, interval } = fidelity;
  const text = (value: number) => value.toFixed(2);
  return interval
    ? `${text(score)} (${text(interval.low)}–${text(interval.high)})`
    : `${text(score)} (no interval)`;
}

/** How closely a model matches its reference, what that means, and where they differ most. */
export function fidelitySentences({
  model,
  reference,
  fidelity,
  workloads,
}: ModelFidelity): string {
  const [one, other] = [serverInWords(model.name), serverInWords(reference.name)];
  if (!fidelity) {
    const [reason] = workloads.flatMap(({ components }) =>
      components.flatMap((of) => of.missing ?? []),
    );
    return `${capitalised(one)} and ${other} could not be compared${reason === undefined ? '' : `: ${reason}`}.`;
  }
  const [worst] = workloads
    .flatMap(({ workload, components }) => components.map((of) => ({ ...of, workload })))
    .filter((of) => of.fidelity !== null)
    .toSorted((a, b) => (a.fidelity?.score ?? 1) - (b.fidelity?.score ?? 1));
  const largest =
    worst?.fidelity && worst.fidelity.score < alike
      ? ` The largest difference is in the ${worst.quantity} on ${worst.workload}: ${sides(worst)}, fidelity ${fidelityText(worst.fidelity)}.`
      : '';
  return `${capitalised(one)} has a fidelity of ${fidelityText(fidelity)} to ${other}: they typically differ by ${percent(1 / fidelity.score - 1)}.${largest}`;
}

const sides = ({ model, reference }: Component): string =>
  model === null || reference === null
    ? '–'
    : `${formatNumber(model)} and ${formatNumber(reference)}`;

/** Whether the references rank in the same order as their models, workload by workload. */
export const orderSentences = (
  document: RunDocument,
  comparisons: readonly Comparison[],
): string[] => rankAgreements(document, comparisons).map(orderSentence);

function orderSentence({ workload, compared, agreeing, reversed }: RankAgreement): string {
  const [first] = reversed;
  if (first) {
    const models = joinWithAnd(first.map(({ model }) => serverInWords(model)));
    const references = joinWithAnd(first.map(({ reference }) => serverInWords(reference)));
    const more =
      reversed.length > 1
        ? ` (as do ${reversed.length - 1} more of ${plural(compared, 'pair')})`
        : '';
    return `On ${workload}, ${models} rank in the opposite order to ${references} by throughput${more}.`;
  }
  const comparisons = plural(compared, 'comparison');
  return agreeing === compared
    ? `On ${workload}, the references rank in the same order as their models by throughput (${comparisons}).`
    : `On ${workload}, no reference ranks in the opposite order to its model by throughput; in ${compared - agreeing} of ${comparisons} only one side shows a difference.`;
}
