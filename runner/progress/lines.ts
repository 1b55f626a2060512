import type { RunEvent, Tell } from '../run-event.ts';
import { describeOutcome, describePlanned } from './wording.ts';

/** Progress for a log file or CI: a plain line a trial. */
export function lineProgress(write: (line: string) => void): Tell {
  let total = 0;
  return (event: RunEvent) => {
    if (event.type === 'run-started') {
      total = event.trials;
      write(describePlanned(event.document, total));
    }
    if (event.type === 'trial-finished') {
      write(`[${event.index + 1}/${total}] ${describeOutcome(event.trial)}`);
    }
  };
}
