import type { RunDocument, Warning } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { runWarnings } from '../../results/gates/gates.ts';
import { warningsOf } from '../../results/select.ts';

/** The warnings of one code and severity, with the first one's message. */
export interface GroupedWarning {
  readonly warning: Warning;
  /** The trials that raised it: none for a warning about the whole run. */
  readonly places: readonly string[];
}

const severities = ['void', 'warn', 'note'];

/** All warnings of a run, the most severe first. */
export function groupedWarnings(document: RunDocument): GroupedWarning[] {
  const raised = document.trials.flatMap((trial) =>
    warningsOf(trial).map((warning) => ({
      warning,
      place: `${trial.server} on ${trial.workload}, block ${trial.block + 1}${trial.purpose === 'control' ? ' again' : ''}`,
    })),
  );
  const groups = Map.groupBy(raised, ({ warning: { code, severity } }) => `${severity} ${code}`);
  const ofTrials = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ warning }) => ({
      warning,
      places: [...new Set(group.map(({ place }) => place))],
    })),
  );
  const ofRun = runWarnings(document).map((warning) => ({ warning, places: [] }));
  return [...ofRun, ...ofTrials].toSorted(
    (a, b) => severities.indexOf(a.warning.severity) - severities.indexOf(b.warning.severity),
  );
}

/** "18 of 18 trials: other programs kept 1.6 cores busy", the most severe first; notes, which change no result, are left out. */
export function warningLines(document: RunDocument): string[] {
  const trials = plural(document.trials.length, 'trial');
  return groupedWarnings(document)
    .filter(({ warning }) => warning.severity !== 'note')
    .map(({ warning: { code, severity, message }, places }) => {
      const where = places.length > 0 ? `${places.length} of ${trials}` : 'Whole run';
      // An overloaded server has no response times, but that is its result.
      const isVoid = severity === 'void' && code !== 'overloaded';
      return `${where}${isVoid ? ' void' : ''}: ${message}`;
    });
}
