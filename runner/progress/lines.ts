import { printable } from '../../reports/terminal/printable.ts';
import type { RunEvent, RunListener } from '../run/run-event.ts';
import { calibratingDemand, describeDemand, describeOutcome, describePlanned } from './wording.ts';

/** Progress for a log file or CI: a plain line for each trial. */
export function lineProgress(write: (line: string) => void): RunListener {
  let trials = 0;
  let done = 0;
  return (event: RunEvent) => {
    if (event.type === 'run-started') {
      trials = event.plannedSeconds.length;
      write(describePlanned(event.document));
    }
    if (event.type === 'calibrating') write(printable(`${calibratingDemand}: ${event.server}`));
    if (event.type === 'calibrated') write(describeDemand(event.demand));
    if (event.type === 'trial-finished') {
      done += 1;
      write(`[${done}/${trials}] ${describeOutcome(event.trial)}`);
    }
  };
}
