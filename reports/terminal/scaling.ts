import type { Scaling } from '../../results/scalability/scaling.ts';
import { scalingColumns } from '../findings/scaling.ts';
import { type TerminalOptions, writerFor } from './text.ts';

/** A heading, and a row for each number of workers. The last columns are left out where a terminal has no room. */
export function scalingLines(scaling: Scaling, options: TerminalOptions): string[] {
  const { paint, paragraph, width } = writerFor(options);
  const { server, workload, rows, blocks, enough } = scaling;
  const columns = scalingColumns(scaling).map(({ title, cell }) => {
    const cells = [title, ...rows.map(cell)];
    const widest = Math.max(...cells.map(({ length }) => length));
    return cells.map((text) => `  ${text.padStart(widest)}`);
  });
  const lineOf = (row: number, shown: number) =>
    columns
      .slice(0, shown)
      .map((column) => column[row])
      .join('');
  let shown = columns.length;
  while (lineOf(0, shown).length > width) shown -= 1;
  const heading = `${server} on ${workload.name}: throughput by workers, closed loop, ${blocks} blocks`;
  return [
    paint('bold', paragraph(heading)),
    paint('dim', lineOf(0, shown)),
    ...rows.map((row, index) => paint(row === enough ? 'green' : [], lineOf(index + 1, shown))),
  ];
}
