import { expect, test } from '@jest/globals';
import { readRunDocument } from '../../results/document/read.ts';
import { golden } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { embeddedDocument, renderHtml } from './render.ts';

test('a report can be rendered again, to the byte, from the document that it contains', () => {
  const page = renderHtml(hostile(golden('troubled')));
  const again = renderHtml(readRunDocument(embeddedDocument(page) ?? ''));
  expect(again === page).toBe(true);
});

test('a report whose numbers were changed by hand differs from what its document renders', () => {
  const page = renderHtml(golden('full')).replace('1.92×', '2.92×');
  const again = renderHtml(readRunDocument(embeddedDocument(page) ?? ''));
  expect(again === page).toBe(false);
});

test('a page that is not a report contains no document', () => {
  expect(embeddedDocument('<html></html>')).toBeNull();
});
