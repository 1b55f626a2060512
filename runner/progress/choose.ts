import type { RunListener } from '../run/run-event.ts';
import { lineProgress } from './lines.ts';
import { liveProgress } from './live.ts';

/** A live view where a person watches, plain lines everywhere else: also on a terminal that has no size, as containers make them. */
export function chooseProgress(stream: NodeJS.WriteStream): RunListener {
  if (stream.isTTY && stream.rows > 0 && process.env.CI === undefined) return liveProgress(stream);
  return lineProgress((line) => stream.write(`${line}\n`));
}
