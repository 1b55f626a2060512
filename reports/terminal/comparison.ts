import type { CellChange, RunComparison } from '../../results/comparison/change.ts';
import { plural } from '../../results/format.ts';
import {
  changeClause,
  changeSigns,
  comparedInWords,
  comparisonSentences,
} from '../findings/change-sentences.ts';
import { type Style, type TerminalOptions, writerFor } from './text.ts';

const styles: Partial<Record<CellChange['change']['kind'], Style>> = {
  worse: 'red',
  broken: 'red',
  better: 'green',
  unclear: 'yellow',
};

/** What changed from one run to another, on the terminal: a line for each comparison that was possible. */
export function renderComparisonText(comparison: RunComparison, options: TerminalOptions): string {
  const { paint, paragraph } = writerFor(options);
  const { cells, threshold, warnings } = comparison;
  const compared = cells.filter(({ change }) => change.kind !== 'not-compared');
  const others = cells.filter(({ change }) => change.kind === 'not-compared');
  const width = Math.max(...Object.values(changeSigns).map(({ length }) => length)) + 2;
  const line = (sign: string, text: string, style?: Style) =>
    paragraph(text, sign.padEnd(width), style);
  return [
    paint('bold', paragraph(comparisonSentences(comparison).join(' '))),
    '',
    ...compared.map((cell) => {
      const { server, workload, change } = cell;
      const text = `${server} on ${workload}: ${changeClause(cell, threshold)}`;
      return line(changeSigns[change.kind], text, styles[change.kind]);
    }),
    ...others.slice(0, 1).map((cell) => {
      const reason = cell.change.kind === 'not-compared' ? cell.change.reason : '';
      const example = `${cell.server} on ${cell.workload} (${comparedInWords(cell.metric)}): ${reason}`;
      const text =
        others.length === 1
          ? example
          : `${plural(others.length, 'comparison')}, for example ${example}`;
      return line(changeSigns['not-compared'], text);
    }),
    ...warnings.map(({ message, advice }) => line('! warning', `${message}; ${advice}`, 'yellow')),
  ].join('\n');
}
