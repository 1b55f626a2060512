import type { WindowName } from '../select.ts';

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
