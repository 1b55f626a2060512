import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { PlannedTrial } from '../plan.ts';
import type { RunEvent, Tell } from '../run-event.ts';
import { describeOutcome, describePlanned, describeRate, describeSeconds } from './wording.ts';

const barWidth = 24;
const redrawEveryMs = 200;

/** Progress on a terminal: finished trials scroll by, below them what runs, what it reads and the time left. */
export function liveProgress(stream: NodeJS.WriteStream, nowMs = () => performance.now()): Tell {
  const view = createLogUpdate(stream);
  let trials = 0;
  let done = 0;
  let startedMs = nowMs();
  let current = '';
  let phase = '';
  let reading = '';

  const draw = () => {
    const elapsedSeconds = (nowMs() - startedMs) / 1000;
    const left =
      done > 0 ? `${describeSeconds((elapsedSeconds / done) * (trials - done))} left` : '';
    const filled = Math.round((barWidth * done) / Math.max(1, trials));
    const bar = '█'.repeat(filled) + styleText('dim', '░'.repeat(barWidth - filled));
    view(`${bar} ${done}/${trials}  ${left}\n${styleText('bold', current)}  ${phase}  ${reading}`);
  };
  let timer: NodeJS.Timeout | undefined;

  return (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        trials = event.trials;
        startedMs = nowMs();
        view.persist(describePlanned(event.document));
        timer = setInterval(draw, redrawEveryMs).unref();
        break;
      case 'trial-started':
        current = describeTrial(event.trial);
        reading = '';
        break;
      case 'phase':
        phase = event.phase;
        break;
      case 'reading':
        reading = describeRate(event.throughputPerSecond);
        break;
      case 'trial-finished':
        done += 1;
        view.persist(describeOutcome(event.trial));
        break;
      case 'run-ended':
        clearInterval(timer);
        view.clear();
        break;
    }
  };
}

function describeTrial({ purpose, server, workload }: PlannedTrial): string {
  const name = `${server.server.name} × ${workload.workload.name}`;
  return purpose === 'control' ? `${name} again` : name;
}
