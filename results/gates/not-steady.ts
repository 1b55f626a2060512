import type { Measurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { type SteadyState, steadyState } from '../statistics/steady-state.ts';
import { sumOf } from '../statistics/summary.ts';
import type { MeasurementGate } from './gate.ts';

const binSeconds = 0.1;
const advice = 'use --rigorous, which warms up longer, or a quieter machine';

/** The state of a closed loop's throughput; null for an open loop, and where nothing was answered. */
function stateOf({ loop, intervals }: Measurement): SteadyState | null {
  const counts = intervals
    .filter(({ durationSeconds }) => durationSeconds > 0.99 * binSeconds)
    .map(({ completed }) => completed);
  return loop === 'open' || sumOf(counts) === 0 ? null : steadyState(counts);
}

/** Throughput must keep its level over the window: the mean over a change describes neither level. */
export const notSteady: MeasurementGate = {
  code: 'not-steady',
  severity: 'warn',
  check: 'steady',
  blame: 'server',
  raisedWhen: 'the throughput of a closed loop has no steady state (see above)',
  test: (measurement) => {
    const state = stateOf(measurement);
    if (state?.kind !== 'warming-up' && state?.kind !== 'unsteady') return null;
    const size = percent(Math.abs(state.change));
    if (state.kind === 'unsteady') {
      const direction = state.change < 0 ? 'fell' : 'rose';
      const message = `throughput ${direction} within the window, by ${size} of its mean: the mean describes neither start nor end`;
      return { message, advice };
    }
    const start = `the first ${(state.bins * binSeconds).toFixed(1)} s of the window`;
    if (!Number.isFinite(state.change)) {
      return {
        message: `nothing was answered after ${start}: the mean includes both`,
        advice: 'find out what stopped the server, or use a longer --duration',
      };
    }
    const message = `throughput was ${size} ${state.change < 0 ? 'lower' : 'higher'} in ${start}: the server was still warming up, and the mean includes that`;
    return { message, advice };
  },
};

export const steadinessUnknown: MeasurementGate = {
  code: 'steadiness-unknown',
  severity: 'note',
  check: 'steady',
  blame: 'instrument',
  raisedWhen: 'the window of a closed loop has fewer than ten whole bins of 0.1 s',
  test: (measurement) =>
    stateOf(measurement)?.kind === 'too-short'
      ? {
          message: 'the window is too short to test for a steady state',
          advice: 'use a longer --duration',
        }
      : null,
};
