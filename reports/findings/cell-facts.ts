import { type Bottleneck, bottleneckOf } from '../../results/bottleneck/bottleneck.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import type { LoadCurve } from '../../results/load-curve/load-curve.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { slowdownsOf } from '../../results/verdicts/slowdown.ts';
import { bottleneckInShort } from './bottleneck-sentence.ts';
import { limitText, objectiveInWords } from './load-text.ts';
import { ratioText, saysNothing } from './numbers.ts';

/** A line of a cell. */
interface CellFact {
  readonly label: string;
  readonly text: string;
}

/** What a cell of the answer says besides its value: a line each, none where nothing is known. */
export interface CellFacts {
  /** The capacity under each objective: "p95 < 20 ms: 517 (507–528)/s" */
  readonly objectives: readonly CellFact[];
  /** "beside heavy: 13× (5.4–33)" */
  readonly slowdown: CellFact | null;
  /** What limits the server: "limit: 1 thread busy" */
  readonly limit: CellFact | null;
}

/** The facts of each server that a workload ran on, by its name. */
export function cellFacts(
  document: RunDocument,
  ranking: WorkloadRanking,
  curves: readonly LoadCurve[],
): ReadonlyMap<string, CellFacts> {
  const { workload, servers, metric } = ranking;
  // The column names the class of requests that servers are compared by.
  const column = metric.kind === 'response-time' ? metric.className : null;
  const slowdowns = slowdownsOf(ranking);
  return new Map(
    servers
      .filter(({ value }) => value !== null)
      .map(({ server }) => {
        const objectives = curves.find((curve) => curve.server === server.name)?.objectives ?? [];
        const slowdown = slowdowns?.servers.find((one) => one.server === server);
        const bottleneck = bottleneckOf(document, workload, server.name);
        const facts: CellFacts = {
          objectives: objectives
            .filter(({ capacity }) => capacity.kind !== 'unknown')
            .map(({ objective, capacity }) => ({
              label: objectiveInWords(
                objective.class === column ? { ...objective, class: null } : objective,
              ),
              text: `${limitText(capacity)}/s`,
            })),
          slowdown:
            slowdown && slowdowns && !saysNothing(slowdown)
              ? { label: `beside ${slowdowns.others.join(' and ')}`, text: ratioText(slowdown) }
              : null,
          limit:
            bottleneck.kind === 'unknown' ? null : { label: 'limit', text: limitOf(bottleneck) },
        };
        return [server.name, facts] as const;
      }),
  );
}

function limitOf(bottleneck: Bottleneck): string {
  const inShort = bottleneckInShort(bottleneck);
  switch (bottleneck.kind) {
    // Connections limit the closed loop alone, not the server.
    case 'connections':
      return `load of ${inShort}`;
    case 'generator':
    case 'database':
      return `the ${inShort}`;
    default:
      return inShort;
  }
}
