import type { RunDocument } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { isSameObjective } from '../load-curve/capacity-bounds.ts';
import type { Floor } from '../verdicts/verdict.ts';
import type { Assertion, AssertionResult, Bounds } from './assertion.ts';
import { curvesShow } from './capacity-shown.ts';
import { changeShows } from './change-bounds.ts';
import { blocksShow, type Shown } from './measured-bounds.ts';
import { type AssertableRun, readAssertion } from './read-assertion.ts';

/** What a run shows about its assertions, in their order. */
export const judgeAssertions = (document: RunDocument): AssertionResult[] =>
  document.plan.assertions.map((text) => {
    const assertion = readAssertion(text, document.plan);
    return judge(assertion, shownBy(document, assertion));
  });

/** What two runs show about assertions on how the new one differs from the base. */
export function judgeChanges(
  base: RunDocument,
  next: RunDocument,
  texts: readonly string[],
): AssertionResult[] {
  const shared = sharedPlan(base, next);
  return texts.map((text) => {
    const assertion = readAssertion(text, shared);
    return judge(assertion, changeShows(base, next, assertion));
  });
}

/** What two runs have in common, for assertions to name. */
export function sharedPlan(
  { plan: base }: RunDocument,
  { plan: next }: RunDocument,
): AssertableRun {
  const workloads = base.workloads.flatMap((workload) => {
    const other = next.workloads.find(({ name }) => name === workload.name);
    if (!other) return [];
    const servers = workload.servers.filter((name) => other.servers.includes(name));
    const objectives = workload.objectives.filter((one) =>
      other.objectives.some((another) => isSameObjective(one, another)),
    );
    return servers.length > 0 ? [{ ...workload, servers, objectives }] : [];
  });
  const servers = base.servers.filter(({ name }) =>
    workloads.some((workload) => workload.servers.includes(name)),
  );
  return { servers, workloads, ofTwoRuns: true };
}

function shownBy(document: RunDocument, assertion: Assertion): Shown {
  const { metric } = assertion;
  return metric.kind === 'capacity'
    ? curvesShow(document, assertion, metric)
    : blocksShow(document, assertion, metric);
}

/** What makes smaller differences visible. */
const floorAdvice: Readonly<Record<Floor['source'], string>> = {
  plan: 'use --rigorous',
  'same-server': 'use --rigorous, or a machine with less noise',
  resolution: 'use a longer --duration',
};

function judge(assertion: Assertion, { bounds, blocks, reason, floor }: Shown): AssertionResult {
  const { limit } = assertion;
  const result = { assertion, bounds, blocks, reason };
  if (!bounds) return { ...result, outcome: 'unclear' };
  const outcome = outcomeOf(assertion, bounds);
  const distance = Math.abs(Math.log(bounds.value / limit));
  if (outcome === 'unclear' || !floor || distance > Math.log1p(floor.share)) {
    return { ...result, outcome };
  }
  const isOfTwoRuns = assertion.relativeTo?.server === assertion.server;
  const who = isOfTwoRuns ? 'these runs claim' : 'this run claims';
  const why = `${who} no difference below ${percent(floor.share)}`;
  return { ...result, outcome: 'unclear', reason: `${why}; ${floorAdvice[floor.source]}` };
}

function outcomeOf(
  { comparator, limit }: Assertion,
  { low, high }: Bounds,
): AssertionResult['outcome'] {
  const holds = (value: number) => (comparator === '<' ? value < limit : value > limit);
  if (holds(low) && holds(high)) return 'passed';
  return holds(low) || holds(high) ? 'unclear' : 'failed';
}

/**
 * The servers about which more blocks may decide an assertion, by workload: the limit is inside the interval, for no
 * other reason. Capacities rest on the load curve, which is not measured again.
 */
export function assertedServers(document: RunDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const undecided = document.plan.assertions
    .map((text) => readAssertion(text, document.plan))
    .filter(({ metric }) => metric.kind !== 'capacity')
    .filter((assertion) => {
      const { outcome, bounds, reason } = judge(assertion, shownBy(document, assertion));
      return outcome === 'unclear' && bounds !== null && reason === null;
    });
  const byWorkload = Map.groupBy(undecided, ({ workload }) => workload);
  return new Map(
    [...byWorkload].map(([workload, all]) => [
      workload,
      new Set(all.flatMap(({ server, relativeTo }) => [server, relativeTo?.server ?? []].flat())),
    ]),
  );
}
