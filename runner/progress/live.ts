import { createLogUpdate } from 'log-update';
import { printable } from '../../reports/terminal/printable.ts';
import { wrapped } from '../../reports/terminal/wrapped.ts';
import type { RunEvent, RunListener } from '../run/run-event.ts';
import { statusLines } from './status-lines.ts';
import { timeLeft } from './time-left.ts';
import {
  calibratingDemand,
  describeDemand,
  describeOutcome,
  describePlanned,
  describeRate,
  describeTrial,
} from './wording.ts';

const redrawEveryMs = 200;

/** Progress on a terminal: finished trials scroll by, below them what runs, what it reads and the time left. */
export function liveProgress(
  stream: NodeJS.WriteStream,
  nowMs = () => performance.now(),
): RunListener {
  const view = createLogUpdate(stream);
  let planned: readonly number[] = [];
  let budgetSeconds: number | null = null;
  let done = 0;
  let startedMs = nowMs();
  /** When trials began, and the last one ended. */
  let firstTrialMs: number | null = null;
  let lastEndMs = startedMs;
  let current = '';
  let phase = '';
  let reading = '';

  /** A terminal that does not tell its width says 0. */
  const columns = () => stream.columns || 80;
  /** Unknown while demands are calibrated. */
  const secondsLeft = () => {
    if (firstTrialMs === null) return null;
    return timeLeft({
      plannedSeconds: planned,
      done,
      doneSeconds: (lastEndMs - firstTrialMs) / 1000,
      currentSeconds: (nowMs() - lastEndMs) / 1000,
      budgetSecondsLeft: budgetSeconds && budgetSeconds - (nowMs() - startedMs) / 1000,
    });
  };
  const draw = () => {
    const status = {
      done,
      trials: planned.length,
      secondsLeft: secondsLeft(),
      current,
      phase,
      reading,
    };
    view(statusLines(status, columns()));
  };
  const keep = (line: string) => view.persist(wrapped(line, columns()));
  let timer: NodeJS.Timeout | undefined;

  return (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        planned = event.plannedSeconds;
        budgetSeconds = event.budgetSeconds;
        startedMs = nowMs();
        keep(describePlanned(event.document));
        timer = setInterval(draw, redrawEveryMs).unref();
        break;
      case 'calibrating':
        current = printable(event.server);
        phase = calibratingDemand;
        break;
      case 'calibrated':
        keep(describeDemand(event.demand));
        break;
      case 'trial-started':
        if (firstTrialMs === null) firstTrialMs = lastEndMs = nowMs();
        current = describeTrial(event.trial);
        reading = '';
        break;
      case 'phase':
        phase = event.phase;
        if (phase !== 'measuring') reading = '';
        break;
      case 'reading':
        reading = describeRate(event.throughputPerSecond);
        break;
      case 'trial-finished':
        done += 1;
        lastEndMs = nowMs();
        keep(describeOutcome(event.trial));
        break;
      case 'run-ended':
        clearInterval(timer);
        view.clear();
        break;
    }
  };
}
