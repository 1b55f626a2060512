import type { PlannedServer } from '../document/run-document.ts';
import { medianOf } from '../statistics/summary.ts';
import { type Component, type Match, missing } from './component.ts';

const about = { kind: 'at-once', quantity: 'requests at once in a worker' } as const;

/**
 * How many requests a worker typically had in hand when one came in, in the traced run of forty. Null where some only
 * compute: those stand in line before the handler in one server and inside it in another, which nobody who asks can
 * tell.
 */
export function atOnceComponent(match: Match): Component | null {
  if (match.workload.classes.some(({ waitMs }) => waitMs === 0)) return null;
  const [model, original] = [match.model, match.original].map((one) => typicalAtOnce(match, one));
  if (!model || !original) return missing(about, 'not traced');
  const score = Math.min(model, original) / Math.max(model, original);
  return {
    ...about,
    model,
    original,
    blocks: 0,
    fidelity: { score, interval: null },
    missing: null,
  };
}

function typicalAtOnce({ document, workload }: Match, { name }: PlannedServer): number | null {
  const run = document.traces.find((one) => one.server === name && one.workload === workload.name);
  return run ? medianOf(run.requests.map(({ inFlight }) => inFlight)) : null;
}
