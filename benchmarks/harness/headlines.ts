import type { RunDocument } from '../../results/document/run-document.ts';
import { formatFactor } from '../../results/format.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import { geometricMeanOf } from '../../results/statistics/summary.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { higherIsBetter, isSameMetric, type Metric } from '../../results/verdicts/metric.ts';
import { valueRatio } from '../../results/verdicts/ranking.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';

/** What a default run is for: a comparison whose winner is known. */
interface Headline {
  readonly title: string;
  readonly workload: string;
  readonly isMetric: (metric: Metric) => boolean;
  readonly ahead: string;
  readonly behind: string;
}

export const headlines: readonly Headline[] = [
  {
    title: '`cpu`, throughput: pool over event loop',
    workload: 'cpu',
    isMetric: ({ kind }) => kind === 'throughput',
    ahead: 'pool',
    behind: 'event-loop',
  },
  {
    title: '`mixed`, response time of light requests: event loop over pool',
    workload: 'mixed',
    isMetric: (metric) => metric.kind === 'response-time' && metric.className === 'light',
    ahead: 'pool',
    behind: 'event-loop',
  },
  {
    title: '`io`, throughput: event loop over prefork',
    workload: 'io',
    isMetric: ({ kind }) => kind === 'throughput',
    ahead: 'event-loop',
    behind: 'prefork',
  },
];

/** What a run found on a headline. */
export interface Finding {
  readonly comparison: Comparison | undefined;
  readonly isRight: boolean;
  /** How many times better the known winner is; null where that was not measured. */
  readonly advantage: RatioInterval | null;
}

/** In the order of the headlines. */
export function findingsOf(document: RunDocument): Finding[] {
  const comparisons = compareServers(document);
  return headlines.map(({ workload, isMetric, ahead, behind }) => {
    const comparison = comparisons.find(
      ({ metric, first, second, ...one }) =>
        one.workload === workload &&
        isMetric(metric) &&
        [ahead, behind].every((server) => [first, second].includes(server)),
    );
    if (!comparison) return { comparison, isRight: false, advantage: null };
    const { verdict, metric } = comparison;
    return {
      comparison,
      isRight: verdict.kind === 'faster' && verdict.ahead === ahead,
      advantage: valueRatio(comparison, higherIsBetter(metric) ? ahead : behind),
    };
  });
}

/** "faster, 1.92× (1.88–1.96)"; anything but the known winner in bold. */
export function findingInWords({ comparison, isRight, advantage }: Finding): string {
  const kind = comparison?.verdict.kind ?? 'not measured';
  const verdict = isRight ? kind : `**${kind === 'faster' ? 'wrong' : kind}**`;
  if (!advantage) return verdict;
  const { value, range } = formatFactor(advantage);
  return `${verdict}, ${value} (${range})`;
}

/**
 * By what share an advantage differs from the geometric mean of reference runs; null where they cannot be compared.
 */
export function deviation(finding: Finding, references: readonly Finding[]): number | null {
  const metric = finding.comparison?.metric;
  const ratios = references.flatMap(({ comparison, advantage }) =>
    metric && comparison && advantage && isSameMetric(metric, comparison.metric)
      ? [advantage.ratio]
      : [],
  );
  if (!finding.advantage || ratios.length === 0) return null;
  return finding.advantage.ratio / geometricMeanOf(ratios) - 1;
}
