import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { printable, wrapped } from '../../reports/terminal/text.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { partSeparator } from './group-lines.ts';
import { calibratingDemand, describeRate, describeSeconds, progressLines } from './wording.ts';

const redrawEveryMs = 200;

/** What the live view shows. */
export interface Status {
  /** The share of the longest time that is over. */
  readonly share: number;
  readonly block: number;
  readonly secondsLeft: number;
  /** What runs at present, its phase, and the throughput that it measures. */
  readonly current: string;
  readonly phase: string;
  readonly reading: string;
}

/** Progress on a terminal: lines that stay, and below them what runs at present and the time left. */
export function liveProgress(
  stream: NodeJS.WriteStream,
  nowMs = () => performance.now(),
): RunListener {
  const view = createLogUpdate(stream);
  const linesFor = progressLines();
  const status = { block: 0, current: '', phase: '', reading: '' };
  let workload = '';
  let mostSeconds = 0;
  let startedMs = nowMs();
  let timer: NodeJS.Timeout | undefined;

  const timeOf = () => {
    const elapsedSeconds = (nowMs() - startedMs) / 1000;
    const share = Math.min(1, elapsedSeconds / Math.max(1, mostSeconds));
    return { share, secondsLeft: Math.max(0, mostSeconds - elapsedSeconds) };
  };
  /** A terminal of unknown width says 0. */
  const columns = () => stream.columns || 80;
  const draw = () => view(statusLines({ ...status, ...timeOf() }, columns()));

  return (event: RunEvent) => {
    for (const line of linesFor(event)) view.persist(fitted(line, columns()));
    switch (event.type) {
      case 'run-started':
        mostSeconds = Math.min(
          event.plannedSeconds,
          event.timing.budgetSeconds ?? event.plannedSeconds,
        );
        startedMs = nowMs();
        timer = setInterval(draw, redrawEveryMs).unref();
        break;
      case 'calibrating':
        status.current = printable(event.server);
        status.phase = calibratingDemand;
        break;
      case 'block-started':
        status.block = event.block + 1;
        status.current = 'all servers';
        break;
      case 'group-started':
        workload = event.group.workload.name;
        status.current = printable(workload);
        break;
      case 'turn':
        status.current = printable(`${event.server} × ${workload}${loadOf(event)}`);
        status.reading = '';
        break;
      case 'phase':
        status.phase = event.phase;
        if (event.phase !== 'measuring') status.reading = '';
        break;
      case 'reading':
        status.reading = describeRate(event.throughputPerSecond);
        break;
      case 'run-ended':
        clearInterval(timer);
        view.clear();
        stream.write('\n'); // before the summary
        break;
    }
  };
}

const loadOf = ({ perSecond }: { readonly perSecond?: number }): string =>
  perSecond === undefined ? '' : ` at ${describeRate(perSecond)}`;

const indent = '  ';

/** A line that is too long for a terminal continues below, with an indent. */
function fitted(line: string, columns: number): string {
  if (line.length <= columns) return line;
  const parts = line.split(partSeparator).map((part) => wrapped(part, columns - indent.length));
  return parts.join('\n').replaceAll('\n', `\n${indent}`);
}

const longestBar = 24;
const shortestBar = 6;

/** The state of a run in two lines that fit a terminal: the bar is shortened first, then the lines are cut. */
export function statusLines(status: Status, columns: number): string {
  const { share, block, secondsLeft, current, phase, reading } = status;
  const counts = joined(block === 0 ? '' : `block ${block}`, leftInWords(secondsLeft));
  const name = cut(current, columns);
  const doing = cut(joined(name, phase, reading), columns).slice(name.length);
  return [
    `${bar(share, columns - counts.length - 1)}${cut(counts, columns)}`,
    `${styleText('bold', name)}${doing}`,
  ].join('\n');
}

const leftInWords = (seconds: number): string =>
  seconds > 0 ? `at most ${describeSeconds(Math.ceil(seconds))} left` : 'finishing';

function bar(share: number, room: number): string {
  if (room < shortestBar) return '';
  const width = Math.min(longestBar, room);
  const filled = Math.round(width * share);
  return `${'█'.repeat(filled)}${styleText('dim', '░'.repeat(width - filled))} `;
}

const joined = (...texts: string[]): string => texts.filter((text) => text !== '').join('  ');

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
