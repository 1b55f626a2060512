import type { RunDocument, Trial, Warning } from '../../results/document/run-document.ts';
import { formatNumber, plural } from '../../results/format.ts';
import { runWarnings } from '../../results/gates/gates.ts';
import { generatorStarved } from '../../results/gates/generator-cpu.ts';
import { warningsOf } from '../../results/select.ts';

/** The warnings of one code and severity, with the first one's message. */
export interface GroupedWarning {
  readonly warning: Warning;
  /** The trials that raised it, or loads of their load curves: none for a warning about the whole run. */
  readonly places: readonly string[];
  readonly isOfCurve: boolean;
}

const severities = ['void', 'warn', 'note'];

/** All warnings of a run, the most severe first. */
export function groupedWarnings(document: RunDocument): GroupedWarning[] {
  const raised = document.trials.flatMap((trial) => [
    ...warningsOf(trial).map((warning) => ({ warning, place: placeOf(trial), isOfCurve: false })),
    ...lostLoads(trial),
  ]);
  const groups = Map.groupBy(
    raised,
    ({ warning: { code, severity }, isOfCurve }) => `${severity} ${code} ${isOfCurve}`,
  );
  const ofTrials = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ warning, isOfCurve }) => ({
      warning,
      places: [...new Set(group.map(({ place }) => place))],
      isOfCurve,
    })),
  );
  const ofRun = runWarnings(document).map((warning) => ({
    warning,
    places: [],
    isOfCurve: false,
  }));
  return [...ofRun, ...ofTrials].toSorted(
    (a, b) => severities.indexOf(a.warning.severity) - severities.indexOf(b.warning.severity),
  );
}

const placeOf = ({ server, workload, block, purpose }: Trial): string =>
  `${server} on ${workload}, block ${block + 1}${purpose === 'control' ? ' again' : ''}`;

/** Why loads of a load curve may be left out, other than by overload, which the curve itself shows. */
const lostLoads = (trial: Trial) =>
  trial.curve.flatMap(({ offeredPerSecond, warnings }) =>
    warnings
      .filter(
        ({ code, severity }) =>
          (severity === 'void' && code !== 'overloaded') || code === generatorStarved.code,
      )
      .map((warning) => ({
        warning,
        place: `${placeOf(trial)}, ${formatNumber(offeredPerSecond ?? 0)} requests/s`,
        isOfCurve: true,
      })),
  );

/** "18 of 18 trials: other programs kept 1.6 cores busy", the most severe first; notes, which change no result, are left out. */
export function warningLines(document: RunDocument): string[] {
  const trials = plural(document.trials.length, 'trial');
  return groupedWarnings(document)
    .filter(({ warning }) => warning.severity !== 'note')
    .map(({ warning: { code, severity, message }, places, isOfCurve }) => {
      if (isOfCurve) {
        const isVoid = severity === 'void' ? ' void' : '';
        return `${plural(places.length, 'window')} of load curves${isVoid}: ${message}`;
      }
      const where = places.length > 0 ? `${places.length} of ${trials}` : 'Whole run';
      // An overloaded server has no response times, but that is its result.
      const isVoid = severity === 'void' && code !== 'overloaded';
      return `${where}${isVoid ? ' void' : ''}: ${message}`;
    });
}
