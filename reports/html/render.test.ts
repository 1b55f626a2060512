import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import type { LinesSpec } from '../drawing/chart-spec.ts';
import { renderHtml } from './render.ts';

const withoutScripts = (page: string) => page.replace(/<script[\s\S]*?<\/script>/g, '');

/** The full run as it was without a load curve: two rates for each server. */
function withTwoRates() {
  const document = golden('full');
  for (const trial of document.trials) trial.curve = [];
  return document;
}

/** The chart of response time by offered load. */
function curveOf(page: string, workload: string): LinesSpec & Required<Pick<LinesSpec, 'flags'>> {
  const [, spec = ''] = new RegExp(`id="load-${workload}">(.*?)</script>`).exec(page) ?? [];
  return { flags: [], ...(JSON.parse(spec) as LinesSpec) };
}

describe('the HTML report', () => {
  test.each(goldenNames)('of the %s run refers to nothing outside the page', (name) => {
    const page = withoutScripts(renderHtml(golden(name)));
    expect(page).not.toMatch(/\b(src|href)="(?!data:)[^#]/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/unsafe|style="|\son\w+="/);
  });

  test('gives every element an ID of its own', () => {
    const withoutAlone = golden('full');
    for (const trial of withoutAlone.trials) {
      trial.measurements = trial.measurements.filter(({ rate }) => rate !== 'alone');
    }
    for (const document of [...goldenNames.map((name) => golden(name)), withoutAlone]) {
      const tags = renderHtml(document).replace(/(<script[^>]*>)[\s\S]*?<\/script>/g, '$1');
      const ids = [...tags.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    }
  });

  test.each(goldenNames)('of the %s run never prints a missing value', (name) => {
    expect(withoutScripts(renderHtml(golden(name)))).not.toMatch(
      /undefined|NaN|Infinity|\[object|>null/,
    );
  });

  test('escapes text from outside', () => {
    const page = renderHtml(hostile(golden('troubled')));
    const tags = page.match(/<\/?script[^\n>]*>?/g) ?? [];
    expect(tags.length).toBeGreaterThan(40);
    expect(tags.filter((tag) => tag === '<script>')).toHaveLength(2);
    for (const [index, tag] of tags.entries()) {
      expect(tag).toMatch(
        index % 2 === 0 ? /^<script( type="application\/json"( id="[\w-]+")?)?>$/ : /^<\/script>$/,
      );
    }
    expect(withoutScripts(page)).not.toMatch(/<b>|<img|onerror="/);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  test('gives every figure a spec and a text for each chart, and a table', () => {
    const page = renderHtml(golden('full'));
    const figures = page.match(/<figure id=[\s\S]*?<\/figure>/g) ?? [];
    expect(figures).toHaveLength(42);
    for (const figure of figures) {
      expect(figure).toMatch(/<details>[\s\S]*<table>[\s\S]*<td class="(number|text)">[\d,.]+/);
      const charts = [...figure.matchAll(/data-spec="([^"]+)"/g)].map(([, id]) => id);
      expect(charts.length).toBeGreaterThan(0);
      for (const id of charts)
        expect(figure).toContain(`<script type="application/json" id="${id}">`);
      expect(figure.match(/role="img" aria-label="[^"]{40,}"/g)).toHaveLength(charts.length);
    }
  });

  test('draws the load curve of all servers in one chart, only where there are three rates or more', () => {
    expect(renderHtml(withTwoRates())).not.toMatch(/<a [^>]*>Response time by offered load/);
    const page = renderHtml(golden('full'));
    expect(page.match(/data-spec="load-[^"]+"/g)).toEqual(
      ['io', 'cpu', 'mixed'].map((name) => `data-spec="load-${name}"`),
    );
    const spec = curveOf(page, 'cpu');
    expect(spec.lines.map(({ label }) => label)).toEqual(['event-loop', 'prefork', 'pool']);
    expect(spec.uprights).toHaveLength(3);
    expect(spec.limit).toEqual({ y: 20, text: 'objective 20 ms' });
    expect(page).toMatch(/>Response time by offered load, p95<[\s\S]*Level line: objective, p95 /);
  });

  test('marks loads that overloaded a server, without a response time', () => {
    const { flags, lines } = curveOf(renderHtml(golden('full')), 'cpu');
    const times = lines.find(({ label }) => label === 'event-loop')?.points ?? [];
    const overloaded = flags.filter(({ style }) => style.color === 'event-loop').map(({ x }) => x);
    expect(overloaded.length).toBeGreaterThan(0);
    expect(times.length).toBeGreaterThan(2);
    expect(Math.min(...overloaded)).toBeGreaterThan(Math.max(...times.map(({ x }) => x)));
  });

  test('explains service times of a closed loop', () => {
    const page = renderHtml(golden('full'));
    const charts = page.match(/<h3><a [^>]*>Service time, closed loop/g)?.length ?? 0;
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
    expect(rows).toContain('Port 8080 is taken by another program');
    expect(rows).toContain('The accept queue overflowed 12 times');
  });

  test('lists the turns that other work disturbed, in the order in which they ran', () => {
    const table = (page: string) =>
      /<details [^>]*id="disturbed-turns"[\s\S]*?<\/details>/.exec(page)?.[0] ?? '';
    const rows = table(renderHtml(golden('full')));
    expect(rows.match(/<tr>/g)).toHaveLength(1 + 4);
    expect(rows).toContain('open loop, first class alone');
    expect(table(renderHtml(golden('single')))).toBe('');
  });

  test('stays below 450 KB before data', () => {
    expect(Buffer.byteLength(renderHtml(golden('empty')))).toBeLessThan(450_000);
  });
});
