import { relative } from 'node:path';
import { renderTerminal } from '../../reports/terminal/render.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import type { RunFiles } from '../run/store.ts';

/** Prints the result on standard output, with colour where there is a terminal that wants it. */
export function showSummary(document: RunDocument, files: RunFiles): void {
  const { stdout } = process;
  const text = renderTerminal(document, {
    color: stdout.isTTY && stdout.hasColors(),
    columns: stdout.columns || 100,
  });
  stdout.write(
    `${text}\nReport: ${relative('.', files.report)}\nData:   ${relative('.', files.run)}\n`,
  );
}
