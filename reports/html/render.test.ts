import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { renderHtml } from './render.ts';

const withoutScripts = (page: string) => page.replace(/<script[\s\S]*?<\/script>/g, '');

describe('the HTML report', () => {
  test.each(goldenNames)('of the %s run refers to nothing outside itself', (name) => {
    const page = withoutScripts(renderHtml(golden(name)));
    expect(page).not.toMatch(/\b(src|href)="(?!data:)[^#]/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/unsafe|style="|\son\w+="/);
  });

  test.each(goldenNames)('of the %s run never prints a missing value', (name) => {
    expect(withoutScripts(renderHtml(golden(name)))).not.toMatch(
      /undefined|NaN|Infinity|\[object|>null/,
    );
  });

  test('does not leave a tall window blank below the answer', () => {
    expect(renderHtml(golden('full'))).toContain(
      '.answer { min-height: min(100vh, 56rem); min-height: min(100svh, 56rem);',
    );
  });

  test('lets no text from outside become markup', () => {
    const page = renderHtml(hostile(golden('troubled')));
    const plain = renderHtml(golden('troubled'));
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length;
    expect(count(page, /<script/g)).toBe(count(plain, /<script/g));
    expect(count(page, /<\/script>/g)).toBe(count(plain, /<\/script>/g));
    expect(withoutScripts(page)).not.toMatch(/<b>|<img|onerror="/);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  test('gives every chart a spec, a text for whoever cannot see it, and a table', () => {
    const page = renderHtml(golden('full'));
    const figures = page.match(/<figure class="chart"[\s\S]*?<\/figure>/g) ?? [];
    expect(figures).toHaveLength(3 * 6 + 3 * 3);
    for (const figure of figures) {
      const [, id] = /data-spec="([^"]+)"/.exec(figure) ?? [];
      expect(figure).toContain(`<script type="application/json" id="${id}">`);
      expect(figure).toMatch(/role="img" aria-label="[^"]{40,}"/);
      expect(figure).toMatch(/<details>[\s\S]*<table>[\s\S]*<td class="(number|text)">[\d,.]+/);
    }
  });

  test('draws response time against load for each server, and never a time where one was unstable', () => {
    const panelsOf = (page: string) =>
      page.match(/<div class="chart"[\s\S]*?<\/script><\/div>/g) ?? [];
    expect(panelsOf(renderHtml(golden('full')))).toHaveLength(3 * 3 + 3 * 3);
    const prefork = panelsOf(renderHtml(golden('troubled'))).find((panel) =>
      panel.includes('data-spec="load-cpu-prefork"'),
    );
    expect(prefork).toContain('At 841 requests/s unstable in 2 of 2 blocks');
    expect(prefork).toContain('"flags":[{"x":840.6999999999999,"text":"unstable"}]');
    expect(prefork).not.toContain('"x":840.6999999999999,"y"');
  });

  test('labels service times of a closed loop as what they are', () => {
    const page = renderHtml(golden('full'));
    const charts = page.match(/<h3>Service time, closed loop/g)?.length ?? 0;
    const cautions = page.match(/these times say nothing about response time/g)?.length;
    expect(charts).toBeGreaterThan(0);
    expect(cautions).toBe(charts);
  });

  test('lists every trial, failed ones with their reasons', () => {
    const document = golden('troubled');
    const page = renderHtml(document);
    const rows =
      /<caption>All trials, in the order in which they ran<\/caption>[\s\S]*?<\/table>/.exec(
        page,
      )?.[0] ?? '';
    expect(rows.match(/<tr>/g)).toHaveLength(1 + document.trials.length);
    expect(rows).toContain('port 8080 is taken by another program');
    expect(rows).toContain('the accept queue overflowed 12 times');
  });

  test('stays below 450 KB before data', () => {
    expect(Buffer.byteLength(renderHtml(golden('empty')))).toBeLessThan(450_000);
  });
});
