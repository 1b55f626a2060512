import type { RunDocument, Warning } from '../../results/run-document.ts';
import { warningsOf } from '../trials.ts';

/** Equal warnings of a run, and where they were given. */
export interface WarningGroup {
  readonly warning: Warning;
  readonly places: readonly string[];
}

const order = ['void', 'warn', 'note'];

/** A run's warnings, the gravest first. The same code means the same doubt; the first message stands for all. */
export function warningGroups({ trials }: RunDocument): WarningGroup[] {
  const all = trials.flatMap((trial) =>
    warningsOf(trial).map((warning) => ({
      warning,
      place: `${trial.server} on ${trial.workload}, block ${trial.block + 1}`,
    })),
  );
  const groups = Map.groupBy(all, ({ warning: { code, severity } }) => `${severity} ${code}`);
  return [...groups.values()]
    .flatMap((group) =>
      group[0]
        ? [{ warning: group[0].warning, places: [...new Set(group.map(({ place }) => place))] }]
        : [],
    )
    .sort((a, b) => order.indexOf(a.warning.severity) - order.indexOf(b.warning.severity));
}
