import { expect, test } from '@jest/globals';
import { readRunDocument } from '../../results/document/read.ts';
import { golden } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { embeddedDocument, renderHtml } from './render.ts';

test('a report can be made again, to the byte, from the document that it carries', () => {
  const page = renderHtml(hostile(golden('troubled')));
  const again = renderHtml(readRunDocument(embeddedDocument(page) ?? ''));
  expect(again === page).toBe(true);
});

test('a report whose numbers were changed by hand is not what its document makes', () => {
  const page = renderHtml(golden('full')).replace('1.93×', '2.93×');
  const again = renderHtml(readRunDocument(embeddedDocument(page) ?? ''));
  expect(again === page).toBe(false);
});

test('a page that is no report carries no document', () => {
  expect(embeddedDocument('<html></html>')).toBeNull();
});
