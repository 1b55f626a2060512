import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import {
  type RankedServer,
  rankWorkloads,
  type WorkloadRanking,
} from '../../results/verdicts/ranking.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import { contestSentences } from '../findings/contest-sentences.ts';
import { demandColumns } from '../findings/fairness.ts';
import { fidelitySentences, rankingSentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { metricUnit } from '../findings/metric-unit.ts';
import { formatNumber, plural } from '../findings/numbers.ts';
import { standingText } from '../findings/standing-text.ts';
import { doubtsIn } from '../findings/trust/doubts.ts';
import { repeatCommand } from '../findings/trust/repeat-command.ts';
import { whyUnmeasured } from '../findings/unmeasured.ts';

/** A run in Markdown, for a pull request: the answer, the matrix, what is doubtful, and where it holds. */
export function renderMarkdown(document: RunDocument): string {
  const comparisons = compareServers(document);
  const contests = rankWorkloads(document, comparisons);
  const { lead, rest, caveats } = headlineOf(document, contests);
  const { environment, plan } = document;
  const doubts = doubtsIn(document).filter(({ warning }) => warning.severity !== 'note');
  const gaps = contests.flatMap((contest) =>
    contestSentences(contest).gaps.map((gap) => `${contest.workload.name}: ${gap}`),
  );
  return `${[
    `**${inline(lead)}**`,
    ...rest.map(inline),
    ...(contests.some(({ leader }) => leader) ? [matrix(document, contests)] : []),
    ...fidelities(document, comparisons),
    ...list(gaps),
    ...list(
      doubts.map(
        ({ warning, places }) =>
          `${warning.severity}: ${warning.message}${places.length > 0 ? ` (${plural(places.length, 'trial')})` : ''}`,
      ),
    ),
    ...caveats.map(inline),
    ...(document.calibratedRequests.length > 0 ? [demandTable(document)] : []),
    inline(
      `${environment.cpuModel}, ${plural(environment.cpusAvailable, 'core')}; ${environment.operatingSystem}; Node.js ${environment.nodeVersion}; concurrency-bench ${environment.benchVersion}; ${plural(plan.blocks, 'block')}, ${plural(plan.connections, 'connection')}.`,
    ),
    `To run it again: ${code(repeatCommand(document))}`,
  ].join('\n\n')}\n`;
}

function demandTable({ calibratedRequests }: RunDocument): string {
  return [
    row(demandColumns.map(({ title }) => title)),
    row(demandColumns.map(() => '---')),
    ...calibratedRequests.map((demand) =>
      row(demandColumns.map((column) => inline(column.cell(demand)))),
    ),
  ].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function matrix({ plan }: RunDocument, contests: readonly WorkloadRanking[]): string {
  return [
    row(['', ...contests.map(heading)]),
    row(['---', ...contests.map(() => '---')]),
    ...plan.servers.map((server) =>
      row([
        inline(
          server.workers === null
            ? server.name
            : `${server.name} (${plural(server.workers, 'worker')})`,
        ),
        ...contests.map((contest) =>
          cell(
            contest,
            contest.servers.find((entry) => entry.server === server),
          ),
        ),
      ]),
    ),
  ].join('\n');
}

/** How faithful each model is to its original, where the run can tell; and in what order both stand. */
function fidelities(document: RunDocument, comparisons: readonly Comparison[]): string[] {
  const sentences = [
    ...modelFidelities(document).map(fidelitySentences),
    ...rankingSentences(document, comparisons),
  ];
  return list(sentences);
}

const heading = ({ workload, metric }: WorkloadRanking): string =>
  inline(`${workload.name}, ${metricUnit(metric)}`);

function cell(contest: WorkloadRanking, entry: RankedServer | undefined): string {
  if (!entry) return 'not asked';
  if (!entry.value) return whyUnmeasured(entry.trials, contest.metric).word;
  return `${formatNumber(entry.value.median, entry.value)} ${standingText(contest, entry)}`.trim();
}

const list = (items: readonly string[]): string[] =>
  items.length > 0 ? [items.map((item) => `- ${inline(item)}`).join('\n')] : [];

/** Text from outside on one line, with nothing in it that Markdown or HTML would act on. */
const inline = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .slice(0, 1000)
    .replace(/[\\`*_{}[\]<>#|~&@!]/g, (character) => `\\${character}`);

function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}
