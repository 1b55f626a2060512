import { percent } from '../format.ts';
import { steadyState } from '../statistics/steady-state.ts';
import { sumOf } from '../statistics/summary.ts';
import { defineGate, type MeasurementGate } from './gate.ts';

const binSeconds = 0.1;

/** The throughput of a closed loop must keep its level over the window: the mean over a change describes neither level. */
export const notSteady: MeasurementGate = defineGate({
  check: 'steady',
  blame: 'server',
  warnings: {
    'not-steady': {
      severity: 'warn',
      raisedWhen: 'the throughput of a closed loop has no steady state (see above)',
    },
    'steadiness-unknown': {
      severity: 'note',
      raisedWhen: 'the window of a closed loop has fewer than ten whole bins of 0.1 s',
    },
  },
  test: ({ loop, intervals }) => {
    if (loop === 'open') return [];
    const counts = intervals
      .filter(({ durationSeconds }) => durationSeconds > 0.99 * binSeconds)
      .map(({ completed }) => completed);
    const state = steadyState(counts);
    if (state.kind === 'steady' || sumOf(counts) === 0) return [];
    if (state.kind === 'too-short') {
      return [
        {
          code: 'steadiness-unknown',
          message: 'the window is too short to test for a steady state',
          advice: 'use a longer --duration',
        },
      ];
    }
    const change = `${percent(Math.abs(state.change))} ${state.change < 0 ? 'lower' : 'higher'}`;
    const message =
      state.kind === 'warming-up'
        ? `throughput was ${change} in the first ${(state.bins * binSeconds).toFixed(1)} s of the window: the server was still warming up, and the mean includes that`
        : `throughput was ${change} at the end of the window than at its start: the mean describes neither`;
    return [
      {
        code: 'not-steady',
        message,
        advice: 'use --rigorous, which warms up longer, or a quieter machine',
      },
    ];
  },
});
