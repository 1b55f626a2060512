import type { RunDocument } from '../document/run-document.ts';
import { trialsOf } from '../select.ts';
import { undecidedServers } from './undecided.ts';

/** A workload whose servers were compared, and how far that came. */
export interface WorkloadEnding {
  readonly workload: string;
  readonly blocks: number;
  /** Servers about which more blocks might have decided something. */
  readonly undecided: readonly string[];
}

/** How a complete run ended. */
export interface Ending {
  /**
   * `decided`: more blocks would have decided nothing. `time`: there was none for further blocks. `blocks`: the plan had
   * no further block.
   */
  readonly cause: 'decided' | 'time' | 'blocks';
  readonly workloads: readonly WorkloadEnding[];
}

/** Null for a run that is not complete, or compares no servers. */
export function endingOf(document: RunDocument): Ending | null {
  const { plan, status } = document;
  const compared = plan.workloads.filter(({ servers }) => servers.length > 1);
  if (status !== 'complete' || compared.length === 0) return null;
  const undecided = undecidedServers(document);
  const workloads = compared.map(({ name }): WorkloadEnding => {
    const { servers = new Set<string>(), asserted } = undecided.get(name) ?? {};
    const trials = trialsOf(document, { workload: name }).filter(
      (trial) => trial.status !== 'ok' || trial.measurements.length > 0,
    );
    const blocks = new Set(trials.map(({ block }) => block)).size;
    // A server that is left with nothing to be compared with is not undecided, unless something is asserted of it.
    const isOpen = servers.size > 1 || [...servers].some((one) => asserted?.has(one));
    return { workload: name, blocks, undecided: isOpen ? [...servers] : [] };
  });
  const isShort = ({ blocks }: WorkloadEnding) => blocks < plan.blocks;
  const open = workloads.filter(({ undecided: servers }) => servers.length > 0);
  if (open.some(isShort)) return { cause: 'time', workloads };
  return { cause: workloads.some(isShort) ? 'decided' : 'blocks', workloads };
}
