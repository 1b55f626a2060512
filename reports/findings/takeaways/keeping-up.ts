import type { PlannedServer, RunDocument } from '../../../results/document/run-document.ts';
import { formatFactor } from '../../../results/format.ts';
import type { RatioInterval } from '../../../results/statistics/log-ratio.ts';
import { valueRatio } from '../../../results/verdicts/ranking.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';

/** Whether a server serves at least `enough` of what each other one of its kind does on a workload. */
export interface KeepingUp {
  readonly answer: 'yes' | 'no' | 'unclear' | 'not measured';
  readonly text: string;
}

/** A server keeps up when it serves this share of what another does. */
export const enough = 0.9;

/**
 * Compares throughput with every server of the same kind, so that a language is not taken for a model: `no` when the
 * whole interval of some ratio lies below `enough`, `yes` when none reaches below it.
 */
export function keepingUp(
  { plan }: RunDocument,
  comparisons: readonly Comparison[],
  server: PlannedServer,
  workload: string,
): KeepingUp {
  const kinds = new Map(plan.servers.map(({ name, kind }) => [name, kind]));
  const rivals = comparisons.flatMap((comparison) => {
    const { first, second, metric } = comparison;
    if (comparison.workload !== workload || metric.kind !== 'throughput') return [];
    if (first !== server.name && second !== server.name) return [];
    const rival = first === server.name ? second : first;
    const ratio = valueRatio(comparison, server.name);
    return ratio && kinds.get(rival) === server.kind ? [{ rival, ratio }] : [];
  });
  const [closest] = rivals.toSorted((a, b) => a.ratio.ratio - b.ratio.ratio);
  if (!closest) return { answer: 'not measured', text: `${workload}: not compared with another` };
  const text = `${workload}: ${ratioText(closest.ratio)} of what ${closest.rival} serves`;
  if (rivals.some(({ ratio }) => ratio.high < enough)) return { answer: 'no', text };
  if (rivals.every(({ ratio }) => ratio.low >= enough)) return { answer: 'yes', text };
  return { answer: 'unclear', text };
}

function ratioText(ratio: RatioInterval): string {
  const { value, range } = formatFactor(ratio);
  return `${value} (${range})`;
}
