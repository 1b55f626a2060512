import { renderHtml } from '../../../reports/html/render.ts';
import type { RunDocument } from '../../../results/document/run-document.ts';
import { writeAtomically } from '../../run/store.ts';

export async function writeReport(document: RunDocument, path: string): Promise<void> {
  await writeAtomically(path, renderHtml(document));
}

/** Shows a file in the user's browser; where there is none, says so and goes on. */
export async function openInBrowser(path: string): Promise<void> {
  const { default: open } = await import('open');
  const browser = await open(path);
  browser.once('error', () =>
    process.stderr.write(`No browser could be started to show ${path}.\n`),
  );
}
