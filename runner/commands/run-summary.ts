import { assertionSentence } from '../../reports/findings/assertion-sentences.ts';
import { bottleneckClause } from '../../reports/findings/bottleneck-sentence.ts';
import type { AssertionResult } from '../../results/assertions/assertion.ts';
import { judgeAssertions } from '../../results/assertions/judge.ts';
import { type Bottleneck, bottleneckOf } from '../../results/bottleneck/bottleneck.ts';
import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import { type LoadCurve, loadCurvesOf } from '../../results/load-curve/load-curve.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import { type Scaling, scalingsOf } from '../../results/scalability/scaling.ts';
import { failedOrWrongIn, valuesByBlock, warningsOf, windowOf } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/summary.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { endingOf } from '../../results/verdicts/ending.ts';
import { isSameMetric } from '../../results/verdicts/metric.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import type { RunFiles } from '../run/store.ts';

/** Raised by one whenever a script that reads the summary would misread it. */
const schemaVersion = 1;

/** What `bench run --json` prints: a small summary for scripts; run.json holds everything. See docs/json-summary.md. */
export function summaryForScripts(document: RunDocument, files: RunFiles): string {
  const comparisons = compareServers(document);
  const rankings = rankWorkloads(document, comparisons);
  const { status, startedAt, finishedAt } = document;
  const summary = {
    schemaVersion,
    status,
    ended: endingOf(document)?.cause ?? null,
    wallSeconds: finishedAt && (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    ...files,
    cells: rankings.flatMap(({ workload, metric, servers }) => {
      const curves = loadCurvesOf(document, workload).servers;
      return servers.map(({ server, trials, value }) => ({
        server: server.name,
        workload: workload.name,
        metric,
        unit: metric.kind === 'throughput' ? 'requests/s' : 'ms',
        value: rangeOf(value),
        ...cellOf(trials),
        ...loadsFor(curves.find((curve) => curve.server === server.name)),
        bottleneck: bottleneckFor(bottleneckOf(document, workload, server.name)),
      }));
    }),
    comparisons: rankings.flatMap(({ workload, metric }) =>
      comparisons
        .filter((one) => one.workload === workload.name && isSameMetric(one.metric, metric))
        .map((comparison) => ({
          workload: workload.name,
          metric,
          ...comparisonFor(comparison),
        })),
    ),
    assertions: judgeAssertions(document).map(assertionFor),
    scaling: scalingsOf(document).map(scalingFor),
    disturbances: document.disturbances,
  };
  return `${JSON.stringify(summary)}\n`;
}

const rangeOf = (spread: Spread | null) =>
  spread && {
    median: spread.median,
    lowest: spread.low,
    highest: spread.high,
    blocks: spread.blocks,
  };

/** Where the server saturates, and how much it serves while it keeps each objective of the workload. */
const loadsFor = (curve: LoadCurve | undefined) => ({
  saturation: limitFor(curve?.saturation),
  objectives: (curve?.objectives ?? []).map(({ objective, capacity }) => ({
    ...objective,
    capacity: limitFor(capacity),
  })),
});

const bottleneckFor = (bottleneck: Bottleneck) => ({
  kind: bottleneck.kind,
  text: bottleneckClause(bottleneck),
});

/** A limit in requests/s, with the fields of any kind: null where it does not have them. */
function limitFor(limit: LoadLimit | undefined) {
  if (!limit) return null;
  const { kind } = limit;
  const interval = kind === 'measured' ? limit.interval : null;
  return {
    kind,
    requestsPerSecond: kind === 'unknown' ? null : limit.perSecond,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    reason: kind === 'unknown' ? limit.reason : null,
  };
}

/** What `bench advise` found; `law` is null for fewer than four numbers of workers. */
function scalingFor({ server, workload, rows, best, enough, law, bytesPerWorker }: Scaling) {
  const knee = law.kind === 'fitted' ? law.knee : null;
  return {
    server,
    workload: workload.name,
    enoughWorkers: enough.workers,
    bestWorkers: best.workers,
    bytesPerWorker,
    rows: rows.map(({ workers, throughput, ofBest, memoryBytes }) => ({
      workers,
      requestsPerSecond: throughput,
      shareOfBest: ofBest,
      memoryBytes: memoryBytes?.median ?? null,
    })),
    law:
      law.kind === 'fitted'
        ? {
            requestsPerSecondOfOne: law.fit.perWorker,
            contention: law.fit.contention,
            coherency: law.fit.coherency,
            misfit: law.misfit,
            knee: { kind: law.knee.kind, workers: knee && 'workers' in knee ? knee.workers : null },
          }
        : null,
  };
}

/** The first server is the better one where the verdict is `faster` or `one-failed`; the ratio is how many times better it is. */
function comparisonFor({ first, second, verdict }: Comparison) {
  const { kind } = verdict;
  if (kind === 'not-measured') return { first, second, verdict: kind, reason: verdict.reason };
  if (kind === 'one-failed') {
    const { ahead, behind, blocks, value, failure } = verdict;
    return { first: ahead, second: behind, verdict: kind, blocks, value, failure };
  }
  const { ratio, low, high, blocks } = verdict;
  const interval = { ratio, low, high, blocks };
  return kind === 'faster'
    ? { first: verdict.ahead, second: verdict.behind, verdict: kind, ...interval }
    : { first, second, verdict: kind, ...interval };
}

/** Ends of the interval that nothing bounds are null. */
export const assertionFor = (result: AssertionResult) => ({
  assertion: result.assertion.text,
  outcome: result.outcome,
  value: bounded(result.bounds?.value),
  low: bounded(result.bounds?.low),
  high: bounded(result.bounds?.high),
  blocks: result.blocks,
  reason: result.reason,
  text: assertionSentence(result),
});

const bounded = (value = 0): number | null =>
  value === 0 || value === Number.POSITIVE_INFINITY ? null : value;

/** The closed loops of one server under one workload; throughput is null where nothing could be measured. */
function cellOf(trials: readonly Trial[]) {
  const spread = spreadOf(
    valuesByBlock(trials, 'closed', ({ throughputPerSecond }) => throughputPerSecond),
  );
  return {
    closedLoopRequestsPerSecond: rangeOf(spread),
    failedRequests: trials
      .flatMap((trial) => windowOf(trial, 'closed') ?? [])
      .reduce((sum, measurement) => sum + failedOrWrongIn(measurement), 0),
    warnings: [...new Set(trials.flatMap(warningTexts))],
  };
}

const warningTexts = (trial: Trial): string[] => [
  ...(trial.status === 'ok' ? [] : [`${trial.status}: ${trial.reason}`]),
  ...warningsOf(trial)
    .filter(({ severity }) => severity !== 'note')
    .map(({ severity, message }) => (severity === 'void' ? `void: ${message}` : message)),
];

/**
 * How many trials failed, with controls counted separately; null when none did. A trial that was skipped although its
 * server was measured in another block has failed too: its database died.
 */
export function failuresInWords(trials: readonly Trial[]): string | null {
  const nouns = { comparison: 'trials', control: 'controls' } as const;
  const isMeasured = ({ server, workload }: Trial) =>
    trials.some((one) => one.status === 'ok' && one.server === server && one.workload === workload);
  const parts = (['comparison', 'control'] as const).flatMap((purpose) => {
    const all = trials.filter((trial) => trial.purpose === purpose);
    const failed = all.filter(
      (trial) => trial.status === 'failed' || (trial.status === 'skipped' && isMeasured(trial)),
    ).length;
    return failed > 0 ? [`${failed} of ${all.length} ${nouns[purpose]} failed`] : [];
  });
  return parts.length > 0 ? parts.join(' and ') : null;
}

/**
 * The first workload with no trial that was not skipped, and the reason: the database died in every block, or no server
 * can run here. Null where there is none.
 */
export function unmeasuredInWords(trials: readonly Trial[]): string | null {
  const wasTried = new Set(trials.flatMap((one) => (one.status === 'skipped' ? [] : one.workload)));
  const skipped = trials.find(({ workload }) => !wasTried.has(workload));
  return skipped?.status === 'skipped'
    ? `${skipped.workload} was not measured on any server: ${skipped.reason}`
    : null;
}
