import { printable } from '../../reports/terminal/text.ts';
import type { PlannedWorkload, RunDocument } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { workersPlaceholder } from '../../servers/custom.ts';
import { addressOf } from '../../servers/launch/ports.ts';
import { firstBlocksSeconds } from '../plan/block-seconds.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlannedWindow, windowsOf } from '../plan/windows.ts';
import { progressLines } from '../progress/wording.ts';

const windowsInWords = {
  closed: 'closed loop',
  shared: 'open loop at the shared rate',
  alone: 'the same with the first requests alone',
  proportional: 'open loop in proportion to the capacity',
} as const;

/** What a run would do and how long it would take, for `bench run --dry-run`. */
export function planInWords(plan: Plan, document: RunDocument): string {
  const plannedSeconds = firstBlocksSeconds(plan.workloads, plan, plan.blocks);
  const lines = [
    ...progressLines()({ type: 'run-started', document, plannedSeconds, timing: plan }),
    `${plan.budgetSeconds === null ? '' : 'at most '}${plural(plan.blocks, 'block')}, each with fresh servers`,
    ...plan.workloads.flatMap((workload, index) =>
      workloadLines(document.plan.workloads[index], windowsOf(workload, plan, 0)),
    ),
    ...document.plan.servers.map(
      ({ name, summary, workers }) =>
        `server ${name}: ${workers === null ? summary : summary.replaceAll(workersPlaceholder, String(workers))}`,
    ),
    ...(plan.loadWorkers
      ? [
          `load from ${plural(plan.loadWorkers.count, 'load worker')}, which join at ${addressOf(plan.loadWorkers)}`,
        ]
      : []),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function workloadLines(
  workload: PlannedWorkload | undefined,
  planned: readonly PlannedWindow[],
): string[] {
  if (!workload) return [];
  const { name, servers, classes } = workload;
  const windows = planned.map(
    ({ window, seconds }) => `${windowsInWords[window]} ${Number(seconds.toFixed(2))} s`,
  );
  const requests = classes.map((one) => `${one.weight} × ${one.name}`);
  return [
    `workload ${name} on ${servers.join(', ')}: ${requests.join(', ')}`,
    `  windows of the first block: ${windows.join(', ')}`,
  ];
}
