import { judgeAssertions } from '../../results/assertions/judge.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { plural } from '../../results/format.ts';
import { predictionErrors } from '../../results/prediction-errors.ts';
import { type Scaling, scalingsOf } from '../../results/scalability/scaling.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { assertionLine } from '../findings/assertion-sentences.ts';
import { bottleneckClause } from '../findings/bottleneck-sentence.ts';
import { type CapacityTable, capacityTables } from '../findings/capacity-table.ts';
import { calibrationColumns } from '../findings/fairness.ts';
import { fidelitySentences, orderSentences } from '../findings/fidelity-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { lessonLines, lessonSentence } from '../findings/lesson.ts';
import { costInWords, limitText, objectiveInWords } from '../findings/load-text.ts';
import { predictionSentences } from '../findings/prediction-sentences.ts';
import { rankingSentences } from '../findings/ranking-sentences.ts';
import { rankingTable } from '../findings/ranking-table.ts';
import { repeatCommand } from '../findings/repeat-command.ts';
import { scalingColumns } from '../findings/scaling.ts';
import { warningLines } from '../findings/warnings.ts';
import { workersInWords } from '../findings/words.ts';
import { inline, list, table } from './markup.ts';

/** A run in Markdown, for a pull request: the answer, a table, warnings, and the machine that it holds for. */
export function renderMarkdown(document: RunDocument): string {
  const comparisons = compareServers(document);
  const rankings = rankWorkloads(document, comparisons);
  const { lead, rest, notes } = headlineOf(document, rankings);
  const { environment, plan, calibratedRequests } = document;
  const tables = capacityTables(document);
  return `${[
    `**${inline(lead)}**`,
    ...rest.map(inline),
    ...list(judgeAssertions(document).map(assertionLine)),
    ...(rankings.some(({ leader }) => leader) ? [resultTable(rankings)] : []),
    ...scalingsOf(document).map(scalingTable),
    ...tables.map(capacitiesOf),
    ...list([
      ...modelFidelities(document).map(fidelitySentences),
      ...orderSentences(document, comparisons),
    ]),
    ...list([
      ...tables.flatMap(({ workload, curves }) =>
        predictionSentences(workload.name, predictionErrors(document, curves)),
      ),
      ...rankings.flatMap((ranking) => rankingSentences(ranking).reasons),
    ]),
    ...list(lessonLines(document, comparisons).map(lessonSentence)),
    ...list(warningLines(document)),
    ...notes.map(inline),
    ...(calibratedRequests.length > 0
      ? [
          table(
            calibrationColumns.map(({ title }) => title),
            calibratedRequests.map((request) =>
              calibrationColumns.map((column) => inline(column.cell(request))),
            ),
          ),
        ]
      : []),
    inline(
      `${environment.cpuModel}, ${plural(environment.cpusAvailable, 'core')}; ${environment.operatingSystem}; Node.js ${environment.nodeVersion}; concurrency-bench ${environment.benchVersion}; ${plural(new Set(document.trials.map(({ block }) => block)).size, 'block')}, ${plural(plan.connections, 'connection')}.`,
    ),
    `To repeat: ${code(repeatCommand(document))}`,
  ].join('\n\n')}\n`;
}

/** A row for each server, a column for each workload. */
function resultTable(rankings: readonly WorkloadRanking[]): string {
  const { columns, rows } = rankingTable(rankings);
  return table(
    ['', ...columns.map(({ name, unit }) => inline(`${name}, ${unit}`))],
    rows.map(({ server, cells }) => {
      const workers = workersInWords(server);
      const name = inline(workers === null ? server.name : `${server.name} (${workers})`);
      return [name, ...cells.map(({ value, detail }) => `${value} ${detail}`.trim())];
    }),
  );
}

/** A row for each number of workers. */
function scalingTable(scaling: Scaling): string {
  const columns = scalingColumns(scaling);
  return table(
    columns.map(({ title }) => inline(title)),
    scaling.rows.map((row) => columns.map(({ cell }) => inline(cell(row)))),
  );
}

/** A row for each server: where it saturates, how much it serves within each objective, what limits it, what it uses. */
const capacitiesOf = ({ workload, rows }: CapacityTable): string =>
  table(
    [
      inline(`${workload.name}, requests/s`),
      'saturates',
      ...workload.objectives.map((objective) => inline(objectiveInWords(objective))),
      'limited by',
      'uses',
    ],
    rows.map(({ server, curve, bottleneck, cost }) =>
      [
        server.name,
        limitText(curve.saturation),
        ...curve.objectives.map(({ capacity }) => limitText(capacity)),
        bottleneckClause(bottleneck),
        costInWords(cost) ?? '–',
      ].map(inline),
    ),
  );

function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}
