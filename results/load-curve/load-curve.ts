import type { Objective, PlannedWorkload, RunDocument, Trial } from '../document/run-document.ts';
import { trialsOf } from '../select.ts';
import { hasSeveralClasses } from '../verdicts/main-window.ts';
import type { LoadLimit, MeasuredLimit } from './load-limit.ts';
import { type LoadPoint, loadPointsOf, type Tail, tailOf } from './load-points.ts';
import { objectiveCapacity } from './objective-capacity.ts';
import { closedLoopCapacity, saturationOf } from './saturation.ts';

/** How much one server can serve while it keeps an objective. */
interface ObjectiveCapacity {
  readonly objective: Objective;
  readonly capacity: LoadLimit;
}

/** How response time grows with load on one server under one workload. */
export interface LoadCurve {
  readonly server: string;
  /** All requests, by load, the lowest first. */
  readonly points: readonly LoadPoint[];
  /** Each class of requests at the same loads; empty where there is one class. */
  readonly classes: readonly { readonly name: string; readonly points: readonly LoadPoint[] }[];
  readonly saturation: LoadLimit;
  /** What the closed loops show of it; null where there are none, or where connections limited them. */
  readonly closedLoop: MeasuredLimit | null;
  /** For each objective of the workload. */
  readonly objectives: readonly ObjectiveCapacity[];
}

/** The load curves of a workload's servers. */
export interface WorkloadCurves {
  readonly workload: PlannedWorkload;
  /** The percentile above the median that the points have, see `tailOf`; null where it is the median. */
  readonly tail: Tail | null;
  /** In the order of the plan. */
  readonly servers: readonly LoadCurve[];
}

export function loadCurvesOf(document: RunDocument, workload: PlannedWorkload): WorkloadCurves {
  const trials = trialsOf(document, { workload: workload.name });
  const tail = tailOf(trials, workload.objectives[0]?.percentile);
  const servers = workload.servers.map((server) =>
    loadCurveOf(server, trialsOf({ trials }, { server }), workload, tail),
  );
  return { workload, tail, servers };
}

/** The loads with the times of one class, or of all requests. */
export const pointsFor = (
  { points, classes }: Pick<LoadCurve, 'points' | 'classes'>,
  className: string | null,
): readonly LoadPoint[] => classes.find(({ name }) => name === className)?.points ?? points;

/** How far a capacity of a single block may be off. */
const uncertainty = 0.05;

const highestOf = ({ perSecond, interval }: MeasuredLimit): number =>
  interval?.high ?? (1 + uncertainty) * perSecond;

function loadCurveOf(
  server: string,
  trials: readonly Trial[],
  workload: PlannedWorkload,
  tail: Tail | null,
): LoadCurve {
  const closedLoop = closedLoopCapacity(trials, workload);
  const most = closedLoop ? highestOf(closedLoop) : Number.POSITIVE_INFINITY;
  const points = loadPointsOf(trials, tail, null, most);
  const classes = hasSeveralClasses(workload)
    ? workload.classes.map(({ name }) => ({ name, points: loadPointsOf(trials, tail, name, most) }))
    : [];
  const saturation = saturationOf(trials, closedLoop, points);
  return {
    server,
    points,
    classes,
    saturation,
    closedLoop,
    objectives: workload.objectives.map((objective) => ({
      objective,
      capacity: objectiveCapacity(
        objective,
        pointsFor({ points, classes }, objective.class),
        saturation.kind === 'measured' ? saturation : null,
      ),
    })),
  };
}
