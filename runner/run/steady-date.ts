/**
 * The date by the clock as it was when this process started, plus the time since then. A clock that is set during a run
 * changes neither the order of its dates nor the time between them.
 */
export const steadyDate = (): Date => new Date(performance.timeOrigin + performance.now());
