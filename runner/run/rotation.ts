import type { Undecided } from '../../results/verdicts/undecided.ts';
import type { PlannedGroup, PlannedTrial } from '../plan/plan.ts';
import type { LoadCurves } from './load-curves.ts';

/** The blocks of a server with nothing to be compared with, nor asserted: enough to show how far its numbers vary. */
const blocksAlone = 6;

/**
 * The groups of a block without what needs no more measurements: servers about which everything is decided have their
 * load curve left at most, and a group that has no server left is left out. What is left gets the time.
 *
 * @param undecided by workload; empty where all of the time is needed for load curves
 */
export function stillToMeasure(
  groups: readonly PlannedGroup[],
  undecided: ReadonlyMap<string, Undecided>,
  curves: LoadCurves,
): PlannedGroup[] {
  return groups.flatMap((group) => {
    const { name } = group.workload;
    const { servers: names = new Set<string>(), asserted } = undecided.get(name) ?? {};
    const isDone = names.size === 1 && group.block >= blocksAlone;
    const loads = curves.next(name, group.block);
    const trials = group.trials.flatMap((trial): PlannedTrial[] => {
      const { server, purpose } = trial;
      if (names.has(server.name) && (!isDone || asserted?.has(server.name))) return [trial];
      const hasLoad = loads.some((load) => curves.takes(name, server.name, load));
      return hasLoad && purpose === 'comparison' ? [{ ...trial, curveOnly: true }] : [];
    });
    return trials.length > 0 ? [{ ...group, trials }] : [];
  });
}
