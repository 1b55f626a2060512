import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { renderHtml } from './render.ts';

const withoutScripts = (page: string) => page.replace(/<script[\s\S]*?<\/script>/g, '');

/** The full run as it was without a load curve: two rates for each server. */
function withTwoRates() {
  const document = golden('full');
  for (const trial of document.trials) trial.curve = [];
  return document;
}

/** The same with every server also measured at half the shared rate. */
function withThirdRate() {
  const document = withTwoRates();
  for (const { measurements } of document.trials) {
    const [open] = measurements.filter(({ rate }) => rate === 'shared');
    if (open?.offeredPerSecond == null) continue;
    measurements.push({ ...open, offeredPerSecond: open.offeredPerSecond / 2 });
  }
  return document;
}

describe('the HTML report', () => {
  test.each(goldenNames)('of the %s run refers to nothing outside the page', (name) => {
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

  test('escapes text from outside', () => {
    const page = renderHtml(hostile(golden('troubled')));
    const plain = renderHtml(golden('troubled'));
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length;
    expect(count(page, /<script/g)).toBe(count(plain, /<script/g));
    expect(count(page, /<\/script>/g)).toBe(count(plain, /<\/script>/g));
    expect(withoutScripts(page)).not.toMatch(/<b>|<img|onerror="/);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  test('gives every figure a spec and a text for each chart, and a table', () => {
    const page = renderHtml(golden('full'));
    const figures = page.match(/<figure id=[\s\S]*?<\/figure>/g) ?? [];
    expect(figures).toHaveLength(37);
    for (const figure of figures) {
      expect(figure).toMatch(/<details>[\s\S]*<table>[\s\S]*<td class="(number|text)">[\d,.]+/);
      const charts = [...figure.matchAll(/data-spec="([^"]+)"/g)].map(([, id]) => id);
      expect(charts.length).toBeGreaterThan(0);
      for (const id of charts)
        expect(figure).toContain(`<script type="application/json" id="${id}">`);
      expect(figure.match(/role="img" aria-label="[^"]{40,}"/g)).toHaveLength(charts.length);
    }
  });

  test('draws response time by load only where there are three rates or more', () => {
    expect(renderHtml(withTwoRates())).not.toContain('Response time by offered load');
    const charts = renderHtml(withThirdRate()).match(/data-spec="load-cpu-[^"]+"/g);
    expect(charts).toEqual(
      ['event-loop', 'prefork', 'pool'].map((name) => `data-spec="load-cpu-${name}"`),
    );
  });

  test('shows no response time where a server was overloaded', () => {
    const document = withThirdRate();
    const warning = { code: 'overloaded', severity: 'void', message: 'grew', advice: '' } as const;
    for (const { server, measurements } of document.trials) {
      const [own] = measurements.filter(({ rate }) => rate === 'proportional');
      if (server === 'prefork') own?.warnings.push(warning);
    }
    const spec = /id="load-cpu-prefork">(.*?)<\/script>/.exec(renderHtml(document))?.[1] ?? '';
    const [, x] = /"flags":\[\{"x":([\d.]+),"text":"overloaded"\}\]/.exec(spec) ?? [];
    expect(Number(x)).toBeCloseTo(840.7);
    expect(spec).not.toContain(`"x":${x},"y"`);
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
