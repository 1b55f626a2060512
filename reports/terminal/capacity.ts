import type { RunDocument } from '../../results/document/run-document.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import { bottleneckInShort } from '../findings/bottleneck-sentence.ts';
import {
  type CapacityRow,
  type CapacityTable,
  capacitySentence,
} from '../findings/capacity-table.ts';
import { limitInShort, limitText, objectiveInWords } from '../findings/load-text.ts';
import { serverStyles, shortName } from './servers.ts';
import { type TerminalOptions, writerFor } from './text.ts';

/**
 * A heading and a row for each server: where it saturates, how much it serves within each objective, and what limits it;
 * for a server alone, a sentence.
 */
export function capacityLines(
  document: RunDocument,
  { workload, rows }: CapacityTable,
  options: TerminalOptions,
): string[] {
  const { paint, paragraph, width } = writerFor(options);
  const [only, second] = rows;
  if (only && !second) return [paragraph(capacitySentence(workload, only))];
  const styleOf = serverStyles(document.plan.servers);
  const names = rows.map(({ server }) => shortName(server.name));
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const saturations = (inWords: (limit: LoadLimit) => string) =>
    column(
      'saturates',
      rows.map(({ curve }) => inWords(curve.saturation)),
    );
  const others = [
    ...workload.objectives.flatMap((objective, index) => {
      const capacities = rows.flatMap(({ curve }) => curve.objectives[index]?.capacity ?? []);
      return capacities.every(({ kind }) => kind === 'unknown')
        ? []
        : column(objectiveInWords(objective), capacities.map(limitText));
    }),
    column(
      'limited by',
      rows.map(({ bottleneck }) => bottleneckInShort(bottleneck)),
    ),
  ];
  const widthOf = (columns: readonly Column[]) =>
    columns.reduce((sum, one) => sum + 2 + one.width, 2 + nameWidth);
  // A narrow terminal has no room for the saturation, or for more objectives than the first.
  const wide = [saturations(limitText), ...others];
  const all = widthOf(wide) <= width ? wide : [saturations(limitInShort), ...others];
  let columns = all;
  while (columns.length > 2 && widthOf(columns) > width) {
    columns = columns.length === all.length ? columns.slice(1) : columns.toSpliced(-2, 1);
  }
  const line = (row: number | null) =>
    columns
      .map((one) => (row === null ? one.heading : (one.cells[row] ?? '')).padStart(one.width))
      .join('  ');
  return [
    paint('bold', paragraph(`${workload.name}: load in requests/s, open loop`)),
    paint('dim', `  ${' '.repeat(nameWidth)}  ${line(null)}`),
    ...rows.map(({ server }, row) => {
      const name = (names[row] ?? '').padEnd(nameWidth);
      return `  ${paint(styleOf(server.name), name)}  ${line(row)}`;
    }),
    ...unknownLines(rows).map((text) => paragraph(text)),
  ];
}

/** Why limits are not known, each once. */
function unknownLines(rows: readonly CapacityRow[]): string[] {
  const limits = rows.flatMap(({ curve: { saturation, objectives } }) => [
    { what: 'saturation', limit: saturation },
    ...objectives.map(({ objective, capacity }) => ({
      what: objectiveInWords(objective),
      limit: capacity,
    })),
  ]);
  const lines = limits.flatMap(({ what, limit }) =>
    limit.kind === 'unknown' ? [`${what}: not known, since ${limit.reason}`] : [],
  );
  return [...new Set(lines)];
}

interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  readonly width: number;
}

const column = (heading: string, cells: readonly string[]): Column => ({
  heading,
  cells,
  width: Math.max(...[heading, ...cells].map(({ length }) => length)),
});
