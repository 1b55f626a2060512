import type { RunDocument } from '../../results/document/run-document.ts';
import { joinWithAnd, plural } from '../../results/format.ts';
import { endingOf, type WorkloadEnding } from '../../results/verdicts/ending.ts';

/**
 * Why a run ended when it did, and after how many blocks: "Time was up after 8 blocks. Undecided: cpu (prefork and pool).
 * Decided: io after 3 blocks." Null where there is nothing to say: all planned blocks were run, and all is decided.
 */
export function endingInWords(document: RunDocument): string | null {
  const ending = endingOf(document);
  // Several numbers of workers are measured in all blocks, whatever is decided between two of them.
  if (!ending || document.plan.servers.some(({ variantOf }) => variantOf !== undefined))
    return null;
  const { cause, workloads } = ending;
  const undecided = workloads.filter((one) => one.undecided.length > 0);
  const decided = workloads.filter((one) => one.undecided.length === 0);
  if (cause === 'decided') {
    const [first, ...others] = byBlocks(decided);
    return first && others.length === 0
      ? `The run ended after ${first.blocks}: nothing was left to decide.`
      : `The run ended when nothing was left to decide: ${blocksInWords(decided)}.`;
  }
  if (undecided.length === 0) return null;
  const most = Math.max(...workloads.map(({ blocks }) => blocks));
  const asPlanned = most === 1 ? 'The only block was run.' : `All ${most} blocks were run.`;
  return [
    cause === 'time' ? `Time was up after ${plural(most, 'block')}.` : asPlanned,
    `Undecided: ${undecided.map((one) => undecidedInWords(one, document)).join(', ')}.`,
    ...(decided.length > 0 ? [`Decided: ${blocksInWords(decided)}.`] : []),
  ].join(' ');
}

/** "cpu", or "cpu (prefork and pool)" where the other servers are decided. */
function undecidedInWords({ workload, undecided }: WorkloadEnding, { plan }: RunDocument): string {
  const all = plan.workloads.find(({ name }) => name === workload)?.servers ?? [];
  return undecided.length < all.length ? `${workload} (${joinWithAnd(undecided)})` : workload;
}

/** "io and cpu after 3 blocks, mixed after 5 blocks" */
const blocksInWords = (workloads: readonly WorkloadEnding[]): string =>
  byBlocks(workloads)
    .map(({ names, blocks }) => `${joinWithAnd(names)} after ${blocks}`)
    .join(', ');

const byBlocks = (workloads: readonly WorkloadEnding[]) =>
  [...Map.groupBy(workloads, ({ blocks }) => blocks)]
    .toSorted(([a], [b]) => a - b)
    .map(([blocks, group]) => ({
      blocks: plural(blocks, 'block'),
      names: group.map(({ workload }) => workload),
    }));
