import type { Measurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { type SteadyState, steadyState } from '../statistics/steady-state.ts';
import { sumOf } from '../statistics/summary.ts';
import type { MeasurementGate } from './gate.ts';

const binSeconds = 0.1;

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
    const change = `${percent(Math.abs(state.change))} ${state.change < 0 ? 'lower' : 'higher'}`;
    const message =
      state.kind === 'warming-up'
        ? `throughput was ${change} in the first ${(state.bins * binSeconds).toFixed(1)} s of the window: the server was still warming up, and the mean includes that`
        : `throughput was ${change} at the end of the window than at its start: the mean describes neither`;
    return { message, advice: 'use --rigorous, which warms up longer, or a quieter machine' };
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
