import type { PlannedWorkload } from '../document/run-document.ts';
import type { WindowName } from '../select.ts';
import type { Metric } from './metric.ts';

interface WithClasses {
  readonly classes: readonly unknown[];
}

export const hasSeveralClasses = ({ classes }: WithClasses): boolean => classes.length > 1;

/**
 * The window in which a workload's main metric is measured: throughput in the closed loop; with several classes of
 * requests, the response time of the first at the shared rate, which the others may delay.
 */
export const mainWindow = (workload: WithClasses): WindowName =>
  hasSeveralClasses(workload) ? 'shared' : 'closed';

/**
 * Whether a workload's servers are ranked by this metric: throughput; with several classes of requests, the response time
 * of the first, at any percentile.
 */
export const isMainMetric = (
  workload: Pick<PlannedWorkload, 'classes'>,
  metric: Metric,
): boolean =>
  hasSeveralClasses(workload)
    ? metric.kind === 'response-time' && metric.className === workload.classes[0]?.name
    : metric.kind === 'throughput';
