import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { renderComparison } from '../../reports/html/comparison.ts';
import { formats } from '../../reports/index.ts';
import { renderComparisonText } from '../../reports/terminal/comparison.ts';
import { renderTerminal } from '../../reports/terminal/summary.ts';
import { compareRuns } from '../../results/comparison/compare-runs.ts';
import { readRunDocument } from '../../results/document/read.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { RunDocumentError } from '../../results/document/run-document-error.ts';
import { golden } from '../golden/documents.ts';
import { markup, mutatedDocument } from './mutated-document.ts';
import { holdsFor } from './property.ts';

/** Undefined where the document is refused with a sentence; any other error breaks the property. */
function readOrRefuse(text: string): RunDocument | undefined {
  try {
    return readRunDocument(text);
  } catch (error) {
    if (!(error instanceof RunDocumentError)) throw error;
    return undefined;
  }
}

const terminal = { color: false, columns: 80 };

/** Every text that is made of a document, alone and compared with another one. */
function* renderings(document: RunDocument, other: RunDocument) {
  for (const { name, render } of formats) {
    if (name !== 'json') for (const { content } of render(document)) yield { name, content };
  }
  const comparison = compareRuns(other, document, 0.05);
  yield { name: 'html', content: renderComparison(comparison, [], other, document) };
  yield { name: 'terminal', content: renderComparisonText(comparison, [], terminal) };
  yield { name: 'terminal', content: renderTerminal(document, terminal) };
}

/** A text without the run data, scripts and styles of a page. */
const visible = (page: string) =>
  page.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, '');

/** Whether text from the document became markup, or controls a terminal. */
const injected: Readonly<Record<string, (content: string) => boolean>> = {
  html: (page) => visible(page).includes(markup.slice(0, 6)),
  svg: (picture) => picture.includes(markup.slice(0, 6)),
  terminal: (text) => text.includes('\u001b[2J'),
};

const notANumber = /.{0,80}(?:undefined|NaN|Infinity|\[object).{0,50}/;

test('a mutated run document is refused with a sentence, or shown without a crash, an injection or a missing number', async () => {
  await holdsFor(
    30,
    fc.asyncProperty(mutatedDocument, async ({ name: original, text }) => {
      const document = readOrRefuse(text);
      if (!document) return;
      for (const { name, content } of renderings(document, golden(original))) {
        const shown = visible(content);
        expect([name, notANumber.exec(shown)?.[0]]).toEqual([name, undefined]);
        expect([name, injected[name]?.(content)]).not.toEqual([name, true]);
      }
    }),
  );
});
