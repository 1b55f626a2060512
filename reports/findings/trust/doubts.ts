import type { RunDocument, Warning } from '../../../results/document/run-document.ts';
import { runWarnings } from '../../../results/gates/gates.ts';
import { warningsOf } from '../../../results/select.ts';

/** Equal doubts, and the trials that they are about: none when it is the run as a whole. */
export interface Doubt {
  readonly warning: Warning;
  readonly places: readonly string[];
}

const order = ['void', 'warn', 'note'];

/** All that is doubtful in a run, the gravest first. The first message stands for all of its code and severity. */
export function doubtsIn(document: RunDocument): Doubt[] {
  const ofTrials = document.trials.flatMap((trial) =>
    warningsOf(trial).map((warning) => ({
      warning,
      place: `${trial.server} on ${trial.workload}, block ${trial.block + 1}`,
    })),
  );
  const groups = Map.groupBy(
    ofTrials,
    ({ warning: { code, severity } }) => `${severity} ${code}`,
  ).values();
  const grouped = [...groups].flatMap(([first, ...others]): Doubt[] =>
    first
      ? [
          {
            warning: first.warning,
            places: [...new Set([first, ...others].map(({ place }) => place))],
          },
        ]
      : [],
  );
  const ofRun = runWarnings(document).map((warning) => ({ warning, places: [] }));
  return [...ofRun, ...grouped].sort(
    (a, b) => order.indexOf(a.warning.severity) - order.indexOf(b.warning.severity),
  );
}
