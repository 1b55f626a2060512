import type { RunDocument } from '../../results/document/run-document.ts';
import { fewestBlocks } from '../../results/verdicts/evidence.ts';
import { type Undecided, undecidedServers } from '../../results/verdicts/undecided.ts';
import { curveBlockSeconds } from '../plan/block-seconds.ts';
import type { Plan, PlannedGroup, PlannedTrial } from '../plan/plan.ts';
import type { LoadCurves } from './load-curves.ts';
import type { TimeLimit } from './time-limit.ts';

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

/** Of the time that the curves need: what a block before them may take, and all blocks that are put before them. */
const [blockShare, soonShare] = [2 / 3, 0.4];

interface Timing {
  readonly plan: Plan;
  readonly limit: TimeLimit;
  readonly curves: LoadCurves;
  /** The steps of a block beside its workloads. */
  readonly aroundSteps: readonly string[];
}

/**
 * The servers to compare in a block, by workload. Where the time that is left would not do for all that is undecided and
 * for measuring each load of the curves once, what is undecided waits: in the blocks that the plan has before the curves
 * only if they take long; later unless a few cheap blocks decide it.
 */
export function toCompare(
  document: RunDocument,
  block: number,
  { plan, limit, curves, aroundSteps }: Timing,
): ReadonlyMap<string, Undecided> {
  const undecided = undecidedServers(document);
  const curveSeconds = curves.partsForOnce * curveBlockSeconds(plan.workloads, plan);
  const hasTime =
    curveSeconds === 0 || limit.leaves(curveSeconds, ...aroundSteps, ...undecided.keys());
  if (block < fewestBlocks || hasTime) return undecided;
  const secondsOf = (some: ReadonlyMap<string, Undecided>) =>
    limit.secondsOf([...aroundSteps, ...some.keys()]);
  const isBefore = plan.curve !== null && block < plan.curve.firstBlock;
  if (isBefore && secondsOf(undecided) <= blockShare * curveSeconds) return undecided;
  const soon = new Map(
    [...undecided]
      .filter(([, one]) => one.soon.size > 0)
      .map(([name, one]) => [name, { ...one, servers: one.soon }]),
  );
  const postponedSeconds = (curves.postponed + 1) * secondsOf(soon);
  if (soon.size > 0 && postponedSeconds <= soonShare * curveSeconds) {
    curves.postpone(block);
    return soon;
  }
  curves.begin(block);
  return new Map();
}
