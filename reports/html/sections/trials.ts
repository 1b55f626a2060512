import type { Measurement, RunDocument, Trial } from '../../../results/document/run-document.ts';
import { formatRaw, plural } from '../../../results/format.ts';
import { shownPercentile } from '../../../results/percentile.ts';
import { failedOrWrongIn, hasResult, warningsOf, windowOf } from '../../../results/select.ts';
import { type Html, html } from '../../drawing/markup.ts';
import { disturbanceColumns, disturbancesInWords } from '../../findings/disturbances.ts';
import { capitalised } from '../../findings/words.ts';
import { type Column, number, table } from '../figures/figure.ts';
import { disclosure, type Section, section } from '../figures/section.ts';

/** A column of a number from the closed loop. */
const measured = (title: string, text: (measurement: Measurement) => string): Column<Trial> =>
  number(title, (trial) => {
    const measurement = windowOf(trial, 'closed');
    return measurement ? text(measurement) : '–';
  });

const columns: readonly Column<Trial>[] = [
  { title: 'server', cell: ({ server }) => server },
  { title: 'workload', cell: ({ workload }) => workload },
  { title: 'purpose', cell: ({ purpose }) => purpose },
  number('block', ({ block }) => String(block + 1)),
  {
    title: 'status',
    cell: (trial) => (trial.status === 'ok' && !hasResult(trial) ? 'void' : trial.status),
  },
  measured('requests/s', ({ throughputPerSecond }) => formatRaw(throughputPerSecond)),
  ...(['p50', 'p95', 'p99'] as const).map((name) =>
    measured(`${name} ms`, ({ serviceTime }) => {
      const ms = shownPercentile(serviceTime, name);
      return ms === undefined ? '–' : formatRaw(ms);
    }),
  ),
  measured('sent', ({ requests }) => requests.sent.toLocaleString('en-US')),
  measured('failed', (one) => failedOrWrongIn(one).toLocaleString('en-US')),
];

/** Why a trial failed, and its warnings. The checks list the notes, once for all trials. */
const details = (trial: Trial): string[] => [
  ...(trial.status === 'ok' ? [] : [`${capitalised(trial.reason)}.`]),
  ...warningsOf(trial)
    .filter(({ severity }) => severity !== 'note')
    .map(
      ({ message, advice }) =>
        `${capitalised(message)}.${advice === '' ? '' : ` To fix: ${advice}.`}`,
    ),
];

/** The turns in which other work had the CPU: a trial has the numbers of the last repeat. */
function disturbances(document: RunDocument): Html | null {
  const summary = disturbancesInWords(document);
  if (summary === null) return null;
  return disclosure(
    {
      id: 'disturbed-turns',
      title: 'Disturbed turns',
      inside: 'when, where, and what used the CPU',
    },
    [
      html`<p>${summary}</p>`,
      table(
        'Disturbed turns, in the order in which they ran',
        disturbanceColumns,
        document.disturbances,
      ),
    ],
  );
}

/** Every trial with its numbers, warnings and reason of failure. */
export function trials(document: RunDocument): Section {
  const { length } = document.trials;
  const all = disclosure(
    {
      id: 'all-trials',
      title: plural(length, 'trial'),
      inside: 'throughput, service times, failures and warnings, in the order in which they ran',
    },
    [
      html`<p>Times are service times of the closed loop; “failed” counts responses other than 2xx, timeouts, connection errors and wrong bodies.</p>`,
      table('All trials, in the order in which they ran', columns, document.trials, details),
    ],
  );
  return section(
    'trials',
    'Trials',
    'Every trial',
    length === 0 ? html`<p>No trial was started.</p>` : html`${all}${disturbances(document)}`,
  );
}
