import type { RunDocument } from '../../results/document/run-document.ts';
import { undecidedServers } from '../../results/verdicts/undecided.ts';
import type { PlannedGroup } from '../plan/plan.ts';

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
    const names = undecided.get(group.workload.name);
    const trials = group.trials.filter(({ server }) => names?.has(server.name));
    return trials.length > 0 ? [{ ...group, trials }] : [];
  });
}
