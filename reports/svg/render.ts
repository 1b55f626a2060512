import type { RunDocument } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { html } from '../drawing/markup.ts';
import { swatch } from '../drawing/swatch.ts';
import { type StyleOf, seriesStyles, shortName } from '../drawing/theme.ts';
import { tableNote } from '../findings/cell-text.ts';
import { headlineOf } from '../findings/headline.ts';
import { type RankingTable, rankingTable } from '../findings/ranking-table.ts';
import { workersInWords } from '../findings/words.ts';
import type { ReportFile } from '../report-file.ts';
import { columnWidth, moved, type Part, paragraph, picture, space, stack } from './picture.ts';
import { timelineSvg } from './timeline.ts';

/** Pictures for a README or slides: the answer, and the timeline where requests were traced. */
export function renderSvg(document: RunDocument): ReportFile[] {
  const timeline = timelineSvg(document);
  const answer = { name: 'answer.svg', content: answerSvg(document) };
  return timeline === null ? [answer] : [answer, { name: 'timeline.svg', content: timeline }];
}

/** The answer of a run as a picture: the headline and the matrix of servers and workloads. */
function answerSvg(document: RunDocument): string {
  const rankings = rankWorkloads(document);
  const { lead, rest, notes } = headlineOf(document, rankings);
  const isMeasured = rankings.some(({ leader }) => leader);
  const small = (text: string) => paragraph(text, { size: 12.5, muted: true });
  return picture(lead, [
    paragraph(lead, { size: 27, bold: true }),
    space(8),
    ...rest.flatMap((line) => [paragraph(line, { size: 15 }), space(3)]),
    ...(isMeasured
      ? [
          space(14),
          ...matrixParts(rankingTable(rankings), seriesStyles(document.plan.servers)),
          space(10),
          small(tableNote(rankings)),
        ]
      : []),
    ...(notes.length > 0 ? [small(notes.join(' '))] : []),
    small(machineText(document)),
  ]);
}

const nameWidth = 150;
const padding = 10;

function matrixParts({ columns, rows }: RankingTable, styleOf: StyleOf): Part[] {
  const columnOf = (columnWidth - nameWidth) / columns.length;
  const width = columnOf - 2 * padding;
  const heading = columns.map(({ name, unit }) => [
    paragraph(shortName(name), { size: 15, bold: true, width }),
    paragraph(unit, { size: 12.5, muted: true, width }),
  ]);
  const body = rows.map(({ server, cells }): Part => {
    const { color, hollow } = styleOf(server.name);
    const name: Part[] = [
      space(4),
      paragraph(shortName(server.name), { size: 15, bold: true, width: nameWidth - 20 }),
      paragraph(workersInWords(server) ?? '', {
        size: 12.5,
        muted: true,
        width: nameWidth,
      }),
    ];
    const values = cells.map(({ position, value, share, detail }) => [
      paragraph(value, { size: 22, bold: position === 'best', width }),
      {
        height: 10,
        markup:
          share === null
            ? html``
            : html`<rect class="track" y="3" width="${width}" height="4"/><rect class="${`color-${color} flat`}" fill-opacity="${hollow ? 0.45 : 1}" y="3" width="${(width * share).toFixed(1)}" height="4"/>`,
      },
      paragraph(detail, { size: 12.5, muted: position !== 'best', width }),
    ]);
    const line = row([[moved(stack(name), 18, 0)], ...values], columnOf);
    return {
      height: line.height + 22,
      markup: html`<path class="line" d="${`M0 0H${columnWidth}`}"/>${moved({ height: 0, markup: swatch(styleOf(server.name)) }, 0, 19).markup}${moved(line, 0, 11).markup}`,
    };
  });
  return [row([[], ...heading], columnOf), space(8), ...body];
}

/** Cells beside each other, each of parts one below the other; the first is as wide as names are. */
function row(cells: readonly (readonly Part[])[], columnOf: number): Part {
  const stacks = cells.map((parts, index) =>
    moved(stack(parts), index === 0 ? 0 : nameWidth + (index - 1) * columnOf + padding, 0),
  );
  return {
    height: Math.max(...stacks.map(({ height }) => height)),
    markup: html`${stacks.map(({ markup }) => markup)}`,
  };
}

const machineText = ({ environment, plan }: RunDocument): string =>
  `${environment.cpuModel}, ${plural(environment.cpusAvailable, 'core')}; Node.js ${environment.nodeVersion}; ${plural(plan.connections, 'connection')}; concurrency-bench ${environment.benchVersion}.`;
