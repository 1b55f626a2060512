import type { Measurement, PlannedServer, Trial } from '../document/run-document.ts';
import { usableClosedLoops } from '../select.ts';
import { fewestRequests } from '../verdicts/metric.ts';
import { type Component, componentOver, type Match } from './component.ts';
import { proportionalWindow, usableTrials } from './windows.ts';

/**
 * How many times as long a request of the first class takes beside the others, with each server near its own capacity,
 * as alone. Null where a workload has one class.
 */
export function interferenceComponent(match: Match): Component | null {
  const { workload, model, original } = match;
  const [first] = workload.classes;
  if (!first || workload.classes.length < 2) return null;
  return componentOver(
    { kind: 'interference', quantity: `slowdown of ${first.name} requests beside the others` },
    [
      {
        model: slowdowns(match, model, first.name),
        original: slowdowns(match, original, first.name),
      },
    ],
  );
}

function slowdowns({ document, workload }: Match, { name }: PlannedServer, className: string) {
  const trials = usableTrials(document, name, workload.name);
  return new Map(
    [...trials].flatMap(([block, trial]) => {
      const slowdown = slowdownIn(trial, className);
      return slowdown === null ? [] : [[block, slowdown] as const];
    }),
  );
}

/** Alone is with one connection, on which nothing else is under way. */
function slowdownIn(trial: Trial, className: string): number | null {
  const alone = usableClosedLoops(trial).find(({ connections }) => connections === 1);
  const loaded = classIn(proportionalWindow(trial), className);
  const aloneMs = classIn(alone, className)?.serviceTime.meanMs;
  const loadedMs = loaded?.responseTime?.meanMs;
  if (!aloneMs || !loadedMs || loaded.requests.sent < fewestRequests) return null;
  return loadedMs / aloneMs;
}

const classIn = (measurement: Measurement | undefined, className: string) =>
  measurement?.classes.find(({ name }) => name === className);
