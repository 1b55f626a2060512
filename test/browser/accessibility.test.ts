import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { golden } from '../golden/documents.ts';
import { openReports, unfold } from './open-report.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = ['full', 'references', 'fidelity', 'troubled', 'single'] as const;
const { describeInBrowser, look } = await openReports(
  Object.fromEntries(names.map((name) => [name, () => golden(name)])),
);

/** Opens everything on the page, runs axe and returns its serious findings with their places. */
async function graveFindings(page: Page): Promise<string[]> {
  await unfold(page);
  await page.evaluate(axe);
  const { passes, violations }: AxeResults = await page.evaluate(
    "axe.run({ resultTypes: ['violations'] })",
  );
  expect(passes.length).toBeGreaterThan(20);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

describeInBrowser.each(names)('the report of the %s run', (name) => {
  test('has no serious finding of axe', async () => {
    const { seen, complaints } = await look(name, {}, graveFindings);
    expect([seen, complaints]).toEqual([[], []]);
  });
});

describeInBrowser('the report of the full run', () => {
  test('has no serious finding of axe on a phone in the dark', async () => {
    const { seen } = await look('full', { width: 390, colorScheme: 'dark' }, graveFindings);
    expect(seen).toEqual([]);
  });
});
