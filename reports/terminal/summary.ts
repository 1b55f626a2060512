import { judgeAssertions } from '../../results/assertions/judge.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { scalingsOf } from '../../results/scalability/scaling.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import { rankBy, rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { metricsOf } from '../../results/verdicts/reading.ts';
import { capacityTables } from '../findings/capacity-table.ts';
import { calibrationLine } from '../findings/fairness.ts';
import { fidelitySentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { lessonLines, lessonSentence, outcomes } from '../findings/lesson.ts';
import { rankingSentences } from '../findings/ranking-sentences.ts';
import { type RankingCell, rankingTable } from '../findings/ranking-table.ts';
import { warningLines } from '../findings/warnings.ts';
import { assertionLines } from './assertions.ts';
import { capacityLines } from './capacity.ts';
import { scalingLines } from './scaling.ts';
import { serverStyles, shortName } from './servers.ts';
import { bar, type TerminalOptions, writerFor } from './text.ts';

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

/** A heading and a row for each server, workload by workload; the columns of all line up. */
function rankingTables(
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
  options: TerminalOptions,
): string[] {
  const { paint, paragraph, width } = writerFor(options);
  const styleOf = serverStyles(document.plan.servers);
  const tables = rankings.map((ranking) => {
    const other = otherRanking(document, ranking);
    const others = other ? rankingTable([other]).rows.flatMap(({ cells }) => cells) : [];
    const otherUnit = other?.metric.kind === 'throughput' ? 'req/s' : 'ms';
    const otherText = (cell: RankingCell | undefined) =>
      cell ? (cell.share === null ? cell.detail : `${cell.value} ${otherUnit}`) : '';
    const rows = rankingTable([ranking]).rows.map(({ server, cells: [cell] }, index) => ({
      server: server.name,
      name: shortName(server.name),
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
        paint(styleOf(server), bar(share, barWidth).padEnd(barWidth)),
        detail.padEnd(widths.detail),
        hasRoom ? other.padStart(widths.other) : '',
      ]
        .join('  ')
        .trimEnd(),
    ),
  ]);
}

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
