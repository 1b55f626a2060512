import { judgeAssertions } from '../../results/assertions/judge.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { scalingsOf } from '../../results/scalability/scaling.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import { rankBy, rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { metricsOf } from '../../results/verdicts/reading.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { bottleneckInShort } from '../findings/bottleneck-sentence.ts';
import {
  type CapacityRow,
  type CapacityTable,
  capacitySentence,
  capacityTables,
} from '../findings/capacity-table.ts';
import { calibrationLine } from '../findings/fairness.ts';
import { fidelitySentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { lessonLines, lessonSentence, outcomes } from '../findings/lesson.ts';
import { limitInShort, limitText, objectiveInWords } from '../findings/load-text.ts';
import { rankingSentences } from '../findings/ranking-sentences.ts';
import { type RankingCell, rankingTable } from '../findings/ranking-table.ts';
import { warningLines } from '../findings/warnings.ts';
import { assertionLines } from './assertions.ts';
import { scalingLines } from './scaling.ts';
import { bar, printable, type Style, type TerminalOptions, writerFor } from './text.ts';

const colorStyles: Readonly<Record<string, Style>> = {
  'event-loop': 'blue',
  prefork: 'yellow',
  pool: 'green',
  threads: 'magenta',
  'other-1': 'cyan',
};

/** The result of a run at the end of a terminal session: the answer, a line for each server and workload, and warnings. */
export function renderTerminal(document: RunDocument, options: TerminalOptions): string {
  const { paint, paragraph } = writerFor(options);
  const rankings = rankWorkloads(document);
  const { lead, rest, notes } = headlineOf(document, rankings);
  const warnings = warningLines(document);
  const scalings = scalingsOf(document);
  const sections = [
    [paint('bold', paragraph(lead)), ...rest.map((text) => paragraph(text))],
    assertionLines(judgeAssertions(document), options),
    ...(scalings.length > 0
      ? scalings.map((scaling) => scalingLines(scaling, options))
      : comparisonSections(document, rankings, options)),
    modelFidelities(document).map((pair) => paragraph(fidelitySentences(pair))),
    lessonSection(document, options),
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

/** How the servers compare: tables, and why what is missing was not compared. */
function comparisonSections(
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
  options: TerminalOptions,
): string[][] {
  const { paragraph } = writerFor(options);
  return [
    rankings.some(({ leader }) => leader) ? rankingTables(document, rankings, options) : [],
    ...capacityTables(document).map((table) => capacityLines(document, table, options)),
    rankings.flatMap((ranking) => rankingSentences(ranking).reasons.map((text) => paragraph(text))),
  ];
}

/** A line for each claim of the lesson that the run has data for, and whether the run supports it. */
function lessonSection(document: RunDocument, options: TerminalOptions): string[] {
  const { paint, paragraph } = writerFor(options);
  const lines = lessonLines(document, compareServers(document));
  if (lines.length === 0) return [];
  return [
    paint('bold', 'The lesson'),
    ...lines.map((line) => paragraph(lessonSentence(line), `  ${outcomes[line.outcome].sign} `)),
  ];
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
    const others = other ? rankingTable([other]).rows.flatMap(({ cells }) => cells) : [];
    const otherUnit = other?.metric.kind === 'throughput' ? 'req/s' : 'ms';
    const otherText = (cell: RankingCell | undefined) =>
      cell ? (cell.share === null ? cell.detail : `${cell.value} ${otherUnit}`) : '';
    const rows = rankingTable([ranking]).rows.map(({ server, cells: [cell] }, index) => ({
      server: server.name,
      name: shortened(printable(server.name)),
      value: cell?.value ?? '',
      share: cell?.share ?? 0,
      detail: cell?.detail ?? '',
      other: otherText(others[index]),
    }));
    const metrics = [
      headingOf(ranking.metric),
      ...(other ? [headingOf(other.metric).replace(', closed loop', '')] : []),
    ];
    return { name: ranking.workload.name, metrics, rows };
  });
  const widthOf = (column: 'name' | 'value' | 'detail' | 'other') =>
    Math.max(...tables.flatMap(({ rows }) => rows.map((row) => row[column].length)));
  const widths = {
    name: widthOf('name'),
    value: widthOf('value'),
    detail: widthOf('detail'),
    other: widthOf('other'),
  };
  const used = Object.values(widths).reduce((sum, column) => sum + column + 2, 0) + 2;
  // A narrow terminal has no room for the other metric.
  const hasRoom = used <= width;
  const spare = width - used + (hasRoom ? 0 : widths.other + 2);
  const barWidth = Math.max(0, Math.min(20, spare));
  return tables.flatMap(({ name: workload, metrics, rows }) => [
    paint('bold', paragraph(`${workload}: ${metrics.slice(0, hasRoom ? 2 : 1).join('; ')}`)),
    ...rows.map(({ server, name, value, share, detail, other }) =>
      [
        `  ${name.padEnd(widths.name)}`,
        value.padStart(widths.value),
        paint(colorStyles[styleOf(server).color] ?? 'white', bar(share, barWidth).padEnd(barWidth)),
        detail.padEnd(widths.detail),
        hasRoom ? other.padStart(widths.other) : '',
      ]
        .join('  ')
        .trimEnd(),
    ),
  ]);
}

/**
 * A heading and a row for each server: where it saturates, how much it serves within each objective, and what limits it;
 * for a server alone, a sentence.
 */
function capacityLines(
  document: RunDocument,
  { workload, rows }: CapacityTable,
  options: TerminalOptions,
): string[] {
  const { paint, paragraph, width } = writerFor(options);
  const [only, second] = rows;
  if (only && !second) return [paragraph(capacitySentence(workload, only))];
  const styleOf = seriesStyles(document.plan.servers);
  const names = rows.map(({ server }) => shortened(printable(server.name)));
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const all = [
    column('saturates', rows, ({ curve }) => limitInShort(curve.saturation)),
    ...workload.objectives.map((objective, index) =>
      column(objectiveInWords(objective), rows, ({ curve }) => {
        const found = curve.objectives[index];
        return found ? limitText(found.capacity) : '–';
      }),
    ),
    column('limited by', rows, ({ bottleneck }) => bottleneckInShort(bottleneck)),
  ];
  const widthOf = (columns: readonly Column[]) =>
    columns.reduce((sum, one) => sum + 2 + one.width, 2 + nameWidth);
  // A narrow terminal has no room for the saturation, or for more objectives than the first.
  let columns = all;
  while (columns.length > 2 && widthOf(columns) > width) {
    columns = columns.length === all.length ? columns.slice(1) : columns.toSpliced(-2, 1);
  }
  const line = (row: number | null) =>
    columns
      .map(({ heading, cells, width: wide }) =>
        (row === null ? heading : (cells[row] ?? '')).padStart(wide),
      )
      .join('  ');
  return [
    paint('bold', paragraph(`${workload.name}: load in requests/s, open loop`)),
    paint('dim', `  ${' '.repeat(nameWidth)}  ${line(null)}`),
    ...rows.map(({ server }, row) => {
      const name = (names[row] ?? '').padEnd(nameWidth);
      return `  ${paint(colorStyles[styleOf(server.name).color] ?? 'white', name)}  ${line(row)}`;
    }),
    ...[...new Set(rows.flatMap(unknownReasons))].map((reason) => paragraph(`–: ${reason}`)),
  ];
}

const unknownReasons = ({ curve: { saturation, objectives } }: CapacityRow): string[] =>
  [saturation, ...objectives.map(({ capacity }) => capacity)].flatMap((limit) =>
    limit.kind === 'unknown' ? [limit.reason] : [],
  );

interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  readonly width: number;
}

function column(
  heading: string,
  rows: readonly CapacityRow[],
  textOf: (row: CapacityRow) => string,
): Column {
  const cells = rows.map(textOf);
  return { heading, cells, width: Math.max(...[heading, ...cells].map(({ length }) => length)) };
}

const shortened = (name: string): string =>
  name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;

/** The servers ranked by the other metric; null where only the main metric was measured. */
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

const headingOf = (metric: Metric): string =>
  metric.kind === 'throughput'
    ? 'requests/s, closed loop'
    : `${metricInWords(metric)} in ms, open loop`;
