import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { metricInWords } from '../../results/verdicts/metric.ts';
import {
  type RankedServer,
  rankWorkloads,
  type WorkloadRanking,
} from '../../results/verdicts/ranking.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { contestSentences } from '../findings/contest-sentences.ts';
import { demandLine } from '../findings/fairness.ts';
import { fidelitySentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { formatNumber } from '../findings/numbers.ts';
import { standingText } from '../findings/standing-text.ts';
import { whyUnmeasured } from '../findings/unmeasured.ts';
import { bar } from './bar.ts';
import { printable } from './printable.ts';
import { wrapped } from './wrapped.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const colorStyles: Readonly<Record<string, Style>> = {
  'event-loop': 'blue',
  prefork: 'yellow',
  pool: 'green',
  'other-1': 'magenta',
  'other-2': 'cyan',
};

/** In characters: what a dying server printed may be far longer. */
const longestParagraph = 500;

/** The result of a run for the end of a terminal session: the answer, and a line for each server and workload. */
export function renderTerminal(document: RunDocument, { color, columns }: TerminalOptions): string {
  const paint: Paint = (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const contests = rankWorkloads(document);
  const { lead, rest, caveats } = headlineOf(document, contests);
  const width = Math.max(40, Math.min(columns, 120));
  const paragraph = (text: string) => wrapped(printable(text).slice(0, longestParagraph), width);
  const measured = contests.some(({ leader }) => leader);
  return [
    paint('bold', paragraph(lead)),
    ...rest.map(paragraph),
    '',
    ...(measured ? [contestTable(document, contests, width, paint), ''] : []),
    ...contests.flatMap((contest) =>
      contestSentences(contest).gaps.map((gap) => paragraph(`${contest.workload.name}: ${gap}`)),
    ),
    ...modelFidelities(document).map((pair) => paragraph(fidelitySentences(pair))),
    ...caveats.map((caveat) => paint('dim', paragraph(caveat))),
    ...document.calibratedRequests.map((demand) =>
      paint('dim', paragraph(`  ${demandLine(demand)}`)),
    ),
  ].join('\n');
}

/** One table over all workloads, so that its columns line up, with a heading put before each workload's rows. */
function contestTable(
  document: RunDocument,
  contests: readonly WorkloadRanking[],
  width: number,
  paint: Paint,
): string {
  const styleOf = seriesStyles(document.plan.servers);
  const barWidth = width >= 72 ? 20 : 8;
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: ['left', 'right', 'left', 'left'],
  });
  for (const contest of contests) {
    const { servers } = contest;
    const largest = Math.max(...servers.map(({ value }) => value?.median ?? 0));
    for (const entry of servers) {
      const { server, value } = entry;
      const style = colorStyles[styleOf(server.name).color] ?? 'white';
      table.push([
        `  ${printable(server.name)}`,
        value ? formatNumber(value.median, value) : '–',
        value ? paint(style, bar(value.median / largest, barWidth)) : '',
        position(contest, entry),
      ]);
    }
  }
  const lines = table.toString().split('\n');
  return contests
    .flatMap(({ workload, metric, servers }) => [
      paint('bold', printable(`${workload.name}, ${unitOf(metric)}`)),
      ...lines.splice(0, servers.length).map((line) => line.trimEnd()),
    ])
    .join('\n');
}

const unitOf = (metric: WorkloadRanking['metric']): string =>
  metric.kind === 'throughput'
    ? 'requests/s, closed loop'
    : `ms, ${metricInWords(metric)}, open loop, lower is better`;

const position = (contest: WorkloadRanking, entry: RankedServer): string =>
  entry.value ? standingText(contest, entry) : whyUnmeasured(entry.trials, contest.metric).word;

const noBorders = Object.fromEntries(
  ['top', 'bottom', 'left', 'right']
    .flatMap((side) => [
      [side, ''],
      [`${side}-mid`, ''],
      [`${side}-left`, ''],
      [`${side}-right`, ''],
    ])
    .concat([
      ['mid', ''],
      ['mid-mid', ''],
      ['middle', ''],
    ]),
);
