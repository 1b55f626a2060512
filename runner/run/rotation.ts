import type { RunDocument } from '../../results/document/run-document.ts';
import { undecidedServers } from '../../results/verdicts/undecided.ts';
import type { PlannedGroup } from '../plan/plan.ts';

/** The blocks of a server with nothing to be compared with: enough to show how far its numbers vary. */
const blocksAlone = 6;

/**
 * The groups of a block without the servers about which everything is decided; a group whose comparisons are all decided
 * is left out. What is left gets the time.
 */
export function stillUndecided(
  groups: readonly PlannedGroup[],
  document: RunDocument,
): PlannedGroup[] {
  const undecided = undecidedServers(document);
  return groups.flatMap((group) => {
    const names = undecided.get(group.workload.name) ?? new Set();
    if (names.size === 0 || (names.size === 1 && group.block >= blocksAlone)) return [];
    return [{ ...group, trials: group.trials.filter(({ server }) => names.has(server.name)) }];
  });
}
