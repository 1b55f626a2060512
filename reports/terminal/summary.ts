import type { styleText } from 'node:util';
import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import { rankBy, rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { metricsOf } from '../../results/verdicts/reading.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { standingText, whyUnmeasured } from '../findings/cell-text.ts';
import { calibrationLine } from '../findings/fairness.ts';
import { fidelitySentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { formatColumn } from '../findings/numbers.ts';
import { rankingSentences } from '../findings/ranking-sentences.ts';
import { warningLines } from '../findings/warnings.ts';
import { bar, printable, type TerminalOptions, writerFor } from './text.ts';

const colorStyles: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  'event-loop': 'blue',
  prefork: 'yellow',
  pool: 'green',
  'other-1': 'magenta',
  'other-2': 'cyan',
};

/** The result of a run at the end of a terminal session: the answer, a line for each server and workload, and warnings. */
export function renderTerminal(document: RunDocument, options: TerminalOptions): string {
  const { paint, paragraph } = writerFor(options);
  const rankings = rankWorkloads(document);
  const { lead, rest, notes } = headlineOf(document, rankings);
  const warnings = warningLines(document);
  const sections = [
    [paint('bold', paragraph(lead)), ...rest.map((text) => paragraph(text))],
    rankings.some(({ leader }) => leader) ? rankingTables(document, rankings, options) : [],
    rankings.flatMap((ranking) => rankingSentences(ranking).reasons.map((text) => paragraph(text))),
    modelFidelities(document).map((pair) => paragraph(fidelitySentences(pair))),
    warnings.length > 0
      ? [paint(['bold', 'yellow'], 'Warnings'), ...warnings.map((line) => paragraph(line, '  '))]
      : [],
    [
      ...notes.map((note) => paint('dim', paragraph(note))),
      ...document.calibratedRequests.map((request) =>
        paint('dim', paragraph(calibrationLine(request), '  ')),
      ),
    ],
  ];
  return sections
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

interface Row {
  readonly name: string;
  readonly value: string;
  /** Of the largest value of the workload. */
  readonly share: number;
  readonly standing: string;
  /** Throughput beside a response time, or the reverse. */
  readonly other: string;
  readonly style: Parameters<typeof styleText>[0];
}

const longestName = 20;

/** A heading and a row for each server, workload by workload; the columns of all line up. */
function rankingTables(
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
  options: TerminalOptions,
): string[] {
  const { paint, paragraph, width } = writerFor(options);
  const styleOf = seriesStyles(document.plan.servers);
  const tables = rankings.map((ranking) => {
    const other = otherRanking(document, ranking);
    const values = formatColumn(ranking.servers.map(({ value }) => value));
    const others = formatColumn(other?.servers.map(({ value }) => value) ?? []);
    const largest = Math.max(...ranking.servers.map(({ value }) => value?.median ?? 0));
    const rows = ranking.servers.map((entry, index): Row => {
      const name = printable(entry.server.name);
      return {
        name: name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name,
        value: values[index] ?? '',
        share: (entry.value?.median ?? 0) / largest,
        standing: entry.value
          ? standingText(ranking, entry)
          : whyUnmeasured(entry.trials, ranking.metric).word,
        other: other ? `${others[index]} ${unitOf(other.metric)}` : '',
        style: colorStyles[styleOf(entry.server.name).color] ?? 'white',
      };
    });
    const metrics = [headingOf(ranking.metric), ...(other ? [headingOf(other.metric)] : [])].join(
      '; ',
    );
    return { heading: paragraph(`${ranking.workload.name}: ${metrics}`), rows };
  });
  const longest = (column: 'name' | 'value' | 'standing' | 'other') =>
    Math.max(...tables.flatMap(({ rows }) => rows.map((row) => row[column].length)));
  const [name, value, standing, other] = [
    longest('name'),
    longest('value'),
    longest('standing'),
    longest('other'),
  ];
  const room = width - (2 + name + 2 + value + 2 + standing + 2 + other + 2);
  const barWidth = room < 4 ? 0 : Math.min(20, room);
  return tables.flatMap(({ heading, rows }) => [
    paint('bold', heading),
    ...rows.map((row) => {
      const drawn = bar(row.share || 0, barWidth).padEnd(barWidth);
      return [
        `  ${row.name.padEnd(name)}`,
        row.value.padStart(value),
        ...(barWidth > 0 ? [paint(row.style, drawn)] : []),
        row.standing.padEnd(standing),
        row.other.padStart(other),
      ]
        .join('  ')
        .trimEnd();
    }),
  ]);
}

/** The same servers by what is shown beside the main metric; null where nothing else was measured. */
function otherRanking(
  document: RunDocument,
  { workload, metric, servers }: WorkloadRanking,
): WorkloadRanking | null {
  const metrics = metricsOf(
    workload,
    servers.flatMap(({ trials }) => trials),
  );
  const other = metrics.find(({ kind }) => kind !== metric.kind);
  return other ? rankBy(other, document, workload, []) : null;
}

const unitOf = ({ kind }: Metric): string => (kind === 'throughput' ? 'req/s' : 'ms');

const headingOf = (metric: Metric): string =>
  metric.kind === 'throughput'
    ? 'requests/s, closed loop'
    : `${metricInWords(metric)} in ms, open loop`;
