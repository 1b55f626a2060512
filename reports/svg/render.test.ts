import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { emWidth, linesOf } from './picture.ts';
import { renderSvg } from './render.ts';

/** The tags of a picture; throws where an element is not closed, or closed out of order. */
function tagsOf(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, end, name = '', attributes = '', self] of svg.matchAll(
    /<(\/?)([a-z]+)((?: [a-z-]+="[^"<>]*")*)(\/?)>/gi,
  )) {
    seen.push(name);
    if (attributes.includes(' on')) throw new Error(`an event handler: ${attributes}`);
    if (end && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (!end && !self) open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return seen;
}

const full = golden('full');

describe('pictures', () => {
  test.each(goldenNames)(
    'of the %s run are well-formed, self-contained and have a title',
    (name) => {
      for (const { content } of renderSvg(golden(name))) {
        expect(tagsOf(content).length).toBeGreaterThan(10);
        expect(content).toMatch(/^<svg [^>]*width="848"[^>]*>\n<title>.{10,}<\/title>/);
        expect(content.match(/<|[^<]+/g)?.length).toBe(2 * (content.match(/</g)?.length ?? 0));
        expect(content).not.toMatch(/href|url\(|@import|undefined|NaN/);
        expect(content).toContain('@media (prefers-color-scheme: dark)');
      }
    },
  );

  test('escape every text from outside', () => {
    for (const { content } of renderSvg(hostile(full))) {
      const allowed = ['svg', 'title', 'style', 'rect', 'g', 'text', 'path', 'circle'];
      expect(tagsOf(content).filter((tag) => !allowed.includes(tag))).toEqual([]);
      expect(content).toContain('&lt;/script&gt;');
    }
  });

  test('show the timeline only where requests were traced', () => {
    const names = (traces: typeof full.traces) =>
      renderSvg({ ...full, traces }).map(({ name }) => name);
    expect(names(full.traces)).toEqual(['answer.svg', 'timeline.svg']);
    expect(names([])).toEqual(['answer.svg']);
  });

  test('do not grow with the length of names', () => {
    const [answer] = renderSvg(hostile(full, '🦊'.repeat(10_000)));
    const [, height] = /height="(\d+)"/.exec(answer?.content ?? '') ?? [];
    expect(Number(height)).toBeLessThan(2500);
  });

  test('have a row for each server of the run', () => {
    const references = golden('references');
    const [answer] = renderSvg(references);
    for (const { name } of references.plan.servers) {
      expect(answer?.content).toMatch(new RegExp(`font-weight="650">${name}</text>`));
    }
  });
});

describe('lines of text', () => {
  test('break between words, and never before a unit', () => {
    expect(linesOf('serves 1.93 × as much', emWidth('1.93 × as'))).toEqual([
      'serves',
      '1.93 × as',
      'much',
    ]);
  });

  test('break a word that is wider than a line', () => {
    expect(linesOf('a bbbbbb b', emWidth('bbbb'))).toEqual(['a', 'bbbb', 'bb b']);
  });

  test('end in an ellipsis where there are too many', () => {
    const lines = linesOf('x'.repeat(1000), emWidth('x'.repeat(10)));
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe(`${'x'.repeat(8)}…`);
  });
});
