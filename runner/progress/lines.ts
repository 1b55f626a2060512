import type { RunEvent, Tell } from '../run-event.ts';
import { describeOutcome, describePilot, describePlanned } from './wording.ts';

/** Progress for a log file or CI: a plain line for each step. */
export function lineProgress(write: (line: string) => void): Tell {
  let steps = 0;
  let done = 0;
  return (event: RunEvent) => {
    if (event.type === 'run-started') {
      steps = event.steps;
      write(describePlanned(event.document));
    }
    if (event.type === 'pilot-finished')
      write(`[${++done}/${steps}] ${describePilot(event.pilot)}`);
    if (event.type === 'trial-finished')
      write(`[${++done}/${steps}] ${describeOutcome(event.trial)}`);
  };
}
