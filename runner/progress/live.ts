import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { printable, wrapped } from '../../reports/terminal/text.ts';
import type { RunEvent, RunListener } from '../run/events.ts';
import { timeLeft } from './time-left.ts';
import {
  calibratingDemand,
  describeDemand,
  describeOutcome,
  describePlanned,
  describeRate,
  describeSeconds,
  describeTrial,
} from './wording.ts';

const redrawEveryMs = 200;

/** What the live view shows. */
export interface Status {
  readonly done: number;
  readonly trials: number;
  /** Null as long as it is unknown. */
  readonly secondsLeft: number | null;
  /** The present trial, its phase, and the throughput that it measures. */
  readonly current: string;
  readonly phase: string;
  readonly reading: string;
}

/** Progress on a terminal: a line for each finished trial, and below them the present trial and the time left. */
export function liveProgress(
  stream: NodeJS.WriteStream,
  nowMs = () => performance.now(),
): RunListener {
  const view = createLogUpdate(stream);
  const status = { done: 0, trials: 0, current: '', phase: '', reading: '' };
  let plannedSeconds: readonly number[] = [];
  let budgetSeconds: number | null = null;
  let startedMs = nowMs();
  /** When the first trial began, and when the last one ended. */
  let firstTrialMs: number | null = null;
  let lastEndMs = startedMs;
  let timer: NodeJS.Timeout | undefined;

  /** Null while demand is calibrated. */
  const secondsLeft = () =>
    firstTrialMs === null
      ? null
      : timeLeft({
          plannedSeconds,
          done: status.done,
          doneSeconds: (lastEndMs - firstTrialMs) / 1000,
          currentSeconds: (nowMs() - lastEndMs) / 1000,
          budgetSecondsLeft: budgetSeconds && budgetSeconds - (nowMs() - startedMs) / 1000,
        });
  /** A terminal of unknown width says 0. */
  const columns = () => stream.columns || 80;
  const draw = () => view(statusLines({ ...status, secondsLeft: secondsLeft() }, columns()));
  const keep = (line: string) => view.persist(wrapped(line, columns()));

  return (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        plannedSeconds = event.plannedSeconds;
        status.trials = plannedSeconds.length;
        budgetSeconds = event.budgetSeconds;
        startedMs = nowMs();
        keep(describePlanned(event.document, event.budgetSeconds));
        timer = setInterval(draw, redrawEveryMs).unref();
        break;
      case 'calibrating':
        status.current = printable(event.server);
        status.phase = calibratingDemand;
        break;
      case 'calibrated':
        keep(describeDemand(event.demand));
        break;
      case 'trial-started':
        if (firstTrialMs === null) firstTrialMs = lastEndMs = nowMs();
        status.current = describeTrial(event.trial);
        status.reading = '';
        break;
      case 'phase':
        status.phase = event.phase;
        if (event.phase !== 'measuring') status.reading = '';
        break;
      case 'reading':
        status.reading = describeRate(event.throughputPerSecond);
        break;
      case 'trial-finished':
        status.done += 1;
        lastEndMs = nowMs();
        keep(describeOutcome(event.trial));
        break;
      case 'run-ended':
        clearInterval(timer);
        view.clear();
        stream.write('\n'); // before the summary
        break;
    }
  };
}

const longestBar = 24;
const shortestBar = 6;

/** The state of a run in two lines that fit a terminal: the bar is shortened first, then the lines are cut. */
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
