import { printable } from '../../reports/terminal/text.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { liveProgress } from './live.ts';
import { calibratingDemand, describeDemand, describeOutcome, describePlanned } from './wording.ts';

/** A live view where a person watches; plain lines in CI, in files, and on the terminals without a size that containers make. */
export function chooseProgress(stream: NodeJS.WriteStream): RunListener {
  if (stream.isTTY && stream.rows > 0 && process.env.CI === undefined) return liveProgress(stream);
  return lineProgress((line) => stream.write(`${line}\n`));
}

/** Progress for a log: a plain line for each trial. */
export function lineProgress(write: (line: string) => void): RunListener {
  let trials = 0;
  let done = 0;
  return (event: RunEvent) => {
    if (event.type === 'run-started') {
      trials = event.plannedSeconds.length;
      write(describePlanned(event.document, event.budgetSeconds));
    }
    if (event.type === 'calibrating') write(printable(`${calibratingDemand}: ${event.server}`));
    if (event.type === 'calibrated') write(describeDemand(event.demand));
    if (event.type === 'trial-finished') {
      done += 1;
      write(`[${done}/${trials}] ${describeOutcome(event.trial)}`);
    }
  };
}
