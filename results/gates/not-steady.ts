import type { Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { steadyState } from '../statistics/steady-state.ts';
import { sumOf } from '../statistics/summary.ts';
import type { Gate } from './gate.ts';

const binSeconds = 0.1;

const tooShort: Warning = {
  code: 'steadiness-unknown',
  severity: 'note',
  message: 'the window is too short to test for a steady state',
  advice: 'use a longer --duration',
};

/**
 * A closed loop's throughput must keep its level over the window: a mean over a change is nobody's level.
 */
export const notSteady: Gate = ({ loop, intervals }) => {
  if (loop === 'open') return [];
  const whole = intervals.filter(({ durationSeconds }) => durationSeconds > 0.99 * binSeconds);
  const counts = whole.map((interval) => interval.completed);
  const completed = sumOf(counts);
  const state = steadyState(counts);
  if (state.kind === 'steady') return [];
  if (state.kind === 'too-short') return completed > 0 ? [tooShort] : [];
  const change = `${percent(Math.abs(state.change))} ${state.change < 0 ? 'lower' : 'higher'}`;
  const message =
    state.kind === 'warming-up'
      ? `throughput was ${change} in the first ${(state.bins * binSeconds).toFixed(1)} s of the window: the server was still warming up`
      : `throughput was not steady: it ended ${change} than it began`;
  return [
    {
      code: 'not-steady',
      severity: 'warn',
      message,
      advice: 'use --rigorous, which warms up longer, or a quieter machine',
    },
  ];
};
