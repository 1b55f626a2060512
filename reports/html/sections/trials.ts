import type { Measurement, RunDocument, Trial } from '../../../results/document/run-document.ts';
import { usableWindow, warningsOf, windowOf } from '../../../results/select.ts';
import { formatRaw } from '../../findings/numbers.ts';
import { type Column, table } from '../figure.ts';
import { type Html, html } from '../html.ts';

const measured =
  (text: (measurement: Measurement) => string) =>
  (trial: Trial): string => {
    const measurement = windowOf(trial, 'closed');
    return measurement ? text(measurement) : '–';
  };

const number = (title: string, cell: (trial: Trial) => string): Column<Trial> => ({
  title,
  cell,
  numeric: true,
});

const notAnswered = ({ requests: { non2xx, timeouts, errors, mismatched } }: Measurement) =>
  non2xx + timeouts + errors + mismatched;

const columns: readonly Column<Trial>[] = [
  { title: 'server', cell: ({ server }) => server },
  { title: 'workload', cell: ({ workload }) => workload },
  { title: 'purpose', cell: ({ purpose }) => purpose },
  number('block', ({ block }) => String(block + 1)),
  {
    title: 'status',
    cell: (trial) =>
      trial.status === 'ok' && !usableWindow(trial, 'closed') ? 'void' : trial.status,
  },
  number(
    'requests/s',
    measured(({ throughputPerSecond }) => formatRaw(throughputPerSecond)),
  ),
  number(
    'p50 ms',
    measured(({ serviceTime }) => formatRaw(serviceTime.p50Ms)),
  ),
  number(
    'p95 ms',
    measured(({ serviceTime }) => formatRaw(serviceTime.p95Ms)),
  ),
  number(
    'p99 ms',
    measured(({ serviceTime }) => formatRaw(serviceTime.p99Ms)),
  ),
  number(
    'sent',
    measured(({ requests }) => requests.sent.toLocaleString('en-US')),
  ),
  number(
    'not answered well',
    measured((measurement) => notAnswered(measurement).toLocaleString('en-US')),
  ),
  { title: 'notes', cell: notes },
];

function notes(trial: Trial): Html {
  const reason = trial.status === 'ok' ? [] : [html`<p>${trial.reason}</p>`];
  // What is merely noted is told once, of all trials.
  const grave = warningsOf(trial).filter(({ severity }) => severity !== 'note');
  const warnings = grave.map(
    ({ message, advice }) => html`<p>${message}${advice === '' ? '' : ` (advice: ${advice})`}</p>`,
  );
  return html`${[...reason, ...warnings]}`;
}

/** Every trial as it was, those that failed with their reasons. */
export function trials(document: RunDocument): Html {
  return html`<section aria-labelledby="trials"><h2 id="trials">Every trial</h2>
${
  document.trials.length === 0
    ? html`<p>No trial was begun.</p>`
    : html`<p class="small">In the order in which they ran. Times are service times in closed loop; “not answered well” counts answers other than 2xx, timeouts, connection errors and wrong bodies.</p>
${table('All trials, in the order in which they ran', columns, document.trials)}`
}</section>`;
}
