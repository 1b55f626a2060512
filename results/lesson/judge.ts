import type { PlannedServer, RunDocument } from '../document/run-document.ts';
import { serverCores } from '../queueing-model.ts';
import { inverseRatio, type RatioInterval } from '../statistics/log-ratio.ts';
import { higherIsBetter } from '../verdicts/metric.ts';
import { valueRatio } from '../verdicts/ranking.ts';
import type { Comparison } from '../verdicts/verdict.ts';
import { type Better, type Claim, claims } from './claims.ts';
import { type InFlight, inFlightOf, outcomeOfInFlight } from './one-at-a-time.ts';

export type Outcome = 'supported' | 'not supported' | 'cannot tell';

/** What one test of a claim showed, on one server or on two. */
export type Finding =
  | {
      readonly kind: 'better';
      readonly test: Better;
      readonly ahead: string;
      readonly behind: string;
      readonly outcome: Outcome;
      readonly shown: Shown;
    }
  | {
      readonly kind: 'one-at-a-time';
      readonly server: PlannedServer;
      readonly outcome: Outcome;
      readonly inFlight: InFlight;
    };

/** How many times as good the server ahead is, the server that failed, or why there is neither. */
type Shown =
  | ({ readonly kind: 'ratio' } & RatioInterval)
  | { readonly kind: 'failed'; readonly server: string; readonly failure: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/** A claim, judged on the models or on the references of a run. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly on: 'model' | 'reference';
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

/**
 * Judges the lesson by a run: each claim on the models, and on the references, where the run has any of its servers and
 * workloads. A claim is supported if each of its tests is, not supported if one is not; otherwise the run cannot tell.
 */
export function judgeLesson(
  document: RunDocument,
  comparisons: readonly Comparison[],
): JudgedClaim[] {
  return claims.flatMap((claim) =>
    (['model', 'reference'] as const).flatMap((on): JudgedClaim[] => {
      if (claim.modelsOnly && on === 'reference') return [];
      const byTest = claim.tests.map((test) =>
        test.kind === 'better'
          ? compare(document, comparisons, test, on)
          : castOf(document, test.role, on)
              .filter(hasProcesses)
              .flatMap((server) => oneAtATime(document, server)),
      );
      const findings = byTest.flat();
      if (findings.length === 0) return [];
      const isComplete = byTest.every(({ length }) => length > 0);
      return [{ claim, on, outcome: combined(findings, isComplete), findings }];
    }),
  );
}

function combined(findings: readonly Finding[], isComplete: boolean): Outcome {
  if (findings.some(({ outcome }) => outcome === 'not supported')) return 'not supported';
  const allSupported = findings.every(({ outcome }) => outcome === 'supported');
  return allSupported && isComplete ? 'supported' : 'cannot tell';
}

/** The servers of a run that are a model, or that it models. */
const castOf = ({ plan }: RunDocument, role: string, on: JudgedClaim['on']): PlannedServer[] =>
  plan.servers.filter(
    ({ name, kind, modelledBy }) => kind === on && (on === 'model' ? name : modelledBy) === role,
  );

/** Whether the workers of a server are processes, as those of all servers in this role were in earlier versions. */
const hasProcesses = ({ workerUnit = 'process' }: PlannedServer): boolean =>
  workerUnit === 'process';

/** A test of two servers; of each reference with each where there are several. */
function compare(
  document: RunDocument,
  comparisons: readonly Comparison[],
  test: Better,
  on: JudgedClaim['on'],
): Finding[] {
  const workload = document.plan.workloads.find(({ name }) => name === test.workload);
  if (!workload) return [];
  const serving = (role: string) =>
    castOf(document, role, on).filter(({ name }) => workload.servers.includes(name));
  return serving(test.ahead).flatMap(({ name: ahead }) =>
    serving(test.behind).map(({ name: behind }): Finding => {
      const shown = shownBy(comparisonFor(comparisons, test, ahead, behind), ahead);
      const outcome = outcomeOf(shown, test, ahead, serverCores(document));
      return { kind: 'better', test, ahead, behind, outcome, shown };
    }),
  );
}

function comparisonFor(
  comparisons: readonly Comparison[],
  { workload, by }: Better,
  ahead: string,
  behind: string,
): Comparison | undefined {
  return comparisons.find(({ workload: name, metric, first, second }) => {
    const isMetric =
      by === 'throughput'
        ? metric.kind === 'throughput'
        : metric.kind === 'response-time' && metric.className === by.className;
    const isPair = [first, second].includes(ahead) && [first, second].includes(behind);
    return name === workload && isMetric && isPair;
  });
}

/** How many times as good a server is as the other one. */
function shownBy(comparison: Comparison | undefined, server: string): Shown {
  if (!comparison) return { kind: 'nothing', reason: 'not compared' };
  const { verdict, metric } = comparison;
  if (verdict.kind === 'not-measured') return { kind: 'nothing', reason: verdict.reason };
  if (verdict.kind === 'one-failed') {
    return { kind: 'failed', server: verdict.behind, failure: verdict.failure };
  }
  const values = valueRatio(comparison, server);
  if (!values) return { kind: 'nothing', reason: 'not compared' };
  return { kind: 'ratio', ...(higherIsBetter(metric) ? values : inverseRatio(values)) };
}

/** By the ends of the 95 % interval. On one CPU, what needs several is neither supported nor refuted. */
function outcomeOf(
  shown: Shown,
  { atLeast, parallel }: Better,
  ahead: string,
  cores: number,
): Outcome {
  if (shown.kind === 'nothing' || (parallel && cores === 1)) return 'cannot tell';
  if (shown.kind === 'failed') return shown.server === ahead ? 'not supported' : 'supported';
  if (shown.low >= atLeast) return 'supported';
  return shown.high < atLeast ? 'not supported' : 'cannot tell';
}

function oneAtATime(document: RunDocument, server: PlannedServer): Finding[] {
  const inFlight = inFlightOf(document, server);
  if (!inFlight) return [];
  return [{ kind: 'one-at-a-time', server, outcome: outcomeOfInFlight(inFlight), inFlight }];
}
