import { type Bottleneck, bottleneckOf } from '../../results/bottleneck/bottleneck.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { joinWithAnd } from '../../results/format.ts';
import { queueingModelOf } from '../../results/queueing-model.ts';
import {
  backgroundThreads,
  type ConcurrencyModel,
  eventLoop,
  pool,
  prefork,
  processorSharing,
  threads,
} from '../../results/statistics/queueing/models.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { type Slowdown, slowdownsOf } from '../../results/verdicts/slowdown.ts';
import { bottleneckClause } from './bottleneck-sentence.ts';
import { ratioText, saysNothing } from './numbers.ts';

/** What a design does, in clauses. */
interface Design {
  /** With requests that compute. */
  readonly computing: string;
  /** With requests that wait. */
  readonly waiting: string;
  /** With light requests beside heavy ones. */
  readonly beside: (light: string, heavy: string) => string;
}

const designs: ReadonlyMap<ConcurrencyModel, Design> = new Map([
  [
    eventLoop,
    {
      computing: 'requests compute one after another in one thread, on one core at most',
      waiting: 'its one thread has all waiting requests in flight at once',
      beside: (light, heavy) =>
        `a ${heavy} request computes in the thread that answers the ${light} ones too, so they queue until it ends`,
    },
  ],
  [
    prefork,
    {
      computing: 'its processes compute at the same time, on every core',
      waiting: 'a request holds its worker while it waits, and the worker serves no other',
      beside: (light, heavy) =>
        `a ${heavy} request holds one worker; ${light} ones go to the others, which share the cores with it`,
    },
  ],
  [
    pool,
    {
      computing: 'its worker threads compute at the same time, on every core',
      waiting: 'waiting requests occupy no worker thread and are all in flight at once',
      beside: (light, heavy) =>
        `${heavy} requests compute in worker threads; another thread goes on with the ${light} ones`,
    },
  ],
  [
    backgroundThreads,
    {
      computing: 'requests compute in background threads of Node.js, on every core',
      waiting: 'its one thread has all waiting requests in flight at once',
      beside: (light, heavy) =>
        `${heavy} requests compute in background threads; the event loop goes on with the ${light} ones`,
    },
  ],
  [
    threads,
    {
      computing: 'its event loops compute at the same time, one on each core',
      waiting: 'each event loop has many waiting requests in flight at once',
      beside: (light, heavy) =>
        `a ${heavy} request computes in the thread of its event loop, and the ${light} ones of this loop queue until it ends`,
    },
  ],
  [
    processorSharing,
    {
      computing: 'goroutines compute at the same time, on every core',
      waiting: 'waiting goroutines occupy no thread and are all in flight at once',
      beside: (light, heavy) =>
        `the scheduler interrupts ${heavy} requests, so that ${light} ones get a core in between`,
    },
  ],
]);

/**
 * Why each server of a workload does as well as it does, a clause by its name: what its design does with such requests,
 * then what limits it, or what heavy requests do to light ones. None where nothing was measured that shows it.
 */
export function whyClauses(
  document: RunDocument,
  ranking: WorkloadRanking,
): ReadonlyMap<string, string> {
  const { workload, servers } = ranking;
  const slowdowns = slowdownsOf(ranking);
  return new Map(
    servers.flatMap(({ server, value }) => {
      if (value === null) return [];
      const model = queueingModelOf(server, workload);
      const design = (model && designs.get(model)) ?? null;
      if (slowdowns) {
        const found = slowdowns.servers.find((one) => one.server === server);
        const clause = found && besideClause(design, found, slowdowns);
        return clause ? [[server.name, clause] as const] : [];
      }
      const bottleneck = bottleneckOf(document, workload, server.name);
      if (bottleneck.kind === 'unknown') return [];
      const parts = [doingClause(design, bottleneck), bottleneckClause(bottleneck)];
      return [[server.name, parts.filter((part) => part !== null).join('; ')] as const];
    }),
  );
}

/** What the design does, where the bottleneck shows that it does so. */
function doingClause(design: Design | null, bottleneck: Bottleneck): string | null {
  switch (bottleneck.kind) {
    case 'threads':
    case 'cores':
      return design?.computing ?? null;
    case 'connections':
      return design?.waiting ?? null;
    case 'workers':
      return bottleneck.waitsFor === 'elsewhere' ? null : (design?.waiting ?? null);
    default:
      return null;
  }
}

function besideClause(
  design: Design | null,
  slowdown: Slowdown,
  { className, others }: { readonly className: string; readonly others: readonly string[] },
): string | null {
  if (saysNothing(slowdown)) return null;
  const heavy = joinWithAnd(others);
  const times = `${className} requests: ${ratioText(slowdown)} as long as alone`;
  return design ? `${design.beside(className, heavy)}; ${times}` : `beside ${heavy} ones, ${times}`;
}
