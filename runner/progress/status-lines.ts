import { styleText } from 'node:util';
import { describeSeconds } from './wording.ts';

export interface Status {
  readonly done: number;
  readonly trials: number;
  /** Null before it can be told. */
  readonly secondsLeft: number | null;
  /** What runs, what it does, and what it reads. */
  readonly current: string;
  readonly phase: string;
  readonly reading: string;
}

const longestBar = 24;
const shortestBar = 6;

/** Where a run is, in two lines that fit a terminal: the bar gives way first, then the lines' ends. */
export function statusLines(status: Status, columns: number): string {
  const { done, trials, secondsLeft, current, phase, reading } = status;
  const counts = joined(`${done}/${trials}`, secondsLeft === null ? '' : leftInWords(secondsLeft));
  const name = cut(current, columns);
  const doing = cut(joined(name, phase, reading), columns).slice(name.length);
  return [
    `${bar(done / Math.max(1, trials), columns - counts.length - 1)}${cut(counts, columns)}`,
    `${styleText('bold', name)}${doing}`,
  ].join('\n');
}

const leftInWords = (seconds: number): string =>
  seconds > 0 ? `${describeSeconds(Math.ceil(seconds))} left` : 'finishing';

function bar(share: number, room: number): string {
  if (room < shortestBar) return '';
  const width = Math.min(longestBar, room);
  const filled = Math.round(width * share);
  return `${'█'.repeat(filled)}${styleText('dim', '░'.repeat(width - filled))} `;
}

const joined = (...texts: string[]): string => texts.filter((text) => text !== '').join('  ');

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
