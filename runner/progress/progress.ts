import { printable } from '../../reports/terminal/text.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { liveProgress } from './live.ts';
import { calibratingDemand, progressLines } from './wording.ts';

/** A live view where a person watches; plain lines in CI, in files, and on the terminals without a size that containers make. */
export function chooseProgress(stream: NodeJS.WriteStream): RunListener {
  if (stream.isTTY && stream.rows > 0 && process.env.CI === undefined) return liveProgress(stream);
  return lineProgress((line) => stream.write(`${line}\n`));
}

/** Progress for a log: plain lines. */
export function lineProgress(write: (line: string) => void): RunListener {
  const linesFor = progressLines();
  return (event: RunEvent) => {
    if (event.type === 'calibrating') write(printable(`${calibratingDemand}: ${event.server}`));
    for (const line of linesFor(event)) write(line);
  };
}
