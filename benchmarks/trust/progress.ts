import type { RunEvent } from '../../runner/run/run-event.ts';

/** One line for each trial, as it ends. */
export function logTrials(event: RunEvent): void {
  if (event.type !== 'trial-finished') return;
  const { block, server, workload, measurements, purpose } = event.trial;
  const closed = measurements[0]?.throughputPerSecond.toFixed(1) ?? 'no';
  const codes = event.trial.measurements.flatMap(({ warnings }) =>
    warnings.filter(({ severity }) => severity !== 'note').map(({ code }) => code),
  );
  const control = purpose === 'control' ? ' (control)' : '';
  console.log(
    `  block ${block + 1}: ${server}${control}, ${workload}, ${closed}/s ${[...new Set(codes)].join(' ')}`,
  );
}
