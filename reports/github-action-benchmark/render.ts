import type { RunDocument } from '../../results/document/run-document.ts';
import { formatRange, plural } from '../../results/format.ts';
import { trialsOf } from '../../results/select.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { higherIsBetter, type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import { rankBy } from '../../results/verdicts/ranking.ts';
import { metricsOf } from '../../results/verdicts/reading.ts';
import type { ReportFile } from '../report-file.ts';

/** An entry of the custom tools of github.com/benchmark-action/github-action-benchmark. */
interface Entry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** From the lowest block to the highest. */
  readonly range: string;
  readonly extra: string;
}

/** The medians over blocks for github-action-benchmark: a file for each of its custom tools, named after it. */
export function renderGithubActionBenchmark(document: RunDocument): ReportFile[] {
  const comparisons = compareServers(document);
  const entriesFor = (isWanted: (metric: Metric) => boolean): Entry[] =>
    document.plan.workloads.flatMap((workload) =>
      metricsOf(workload, trialsOf(document, { workload: workload.name }))
        .map(atMedian)
        .filter(isWanted)
        .flatMap((metric) =>
          rankBy(metric, document, workload, comparisons).servers.flatMap(({ server, value }) =>
            value === null
              ? []
              : [
                  {
                    name: `${server.name} on ${workload.name}: ${metricInWords(metric)}`,
                    unit: metric.kind === 'throughput' ? 'requests/s' : 'ms',
                    value: value.median,
                    range: formatRange(value.median, value).range,
                    extra: plural(value.blocks, 'block'),
                  },
                ],
          ),
        ),
    );
  const file = (name: string, entries: readonly Entry[]): ReportFile => ({
    name,
    content: `${JSON.stringify(entries, null, 2)}\n`,
  });
  return [
    file('customBiggerIsBetter.json', entriesFor(higherIsBetter)),
    file(
      'customSmallerIsBetter.json',
      entriesFor((metric) => !higherIsBetter(metric)),
    ),
  ];
}

/** Names must be the same in every run, and so must the percentile, which follows from the requests of a run. */
const atMedian = (metric: Metric): Metric =>
  metric.kind === 'throughput' ? metric : { ...metric, percentile: 'p50' };
