import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Page } from 'playwright-core';
import { renderHtml } from '../../reports/html/render.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { startBrowser } from './browser.ts';

export interface Viewing {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly reducedMotion?: boolean;
}

/** The result of looking at a page, and its console messages, errors and network requests. */
export interface Look<Result> {
  readonly seen: Result;
  readonly complaints: readonly string[];
}

/**
 * For a test file: writes the reports of documents by name and opens them in a browser of this machine. Without a
 * browser, the tests under `describeInBrowser` are skipped.
 */
export async function openReports(documents: Readonly<Record<string, () => RunDocument>>) {
  const browser = await startBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
  beforeAll(() => {
    for (const [name, document] of Object.entries(documents)) {
      writeFileSync(join(folder, `${name}.html`), renderHtml(document()));
    }
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function look<Result>(
    name: string,
    { colorScheme = 'light', width = 1280, reducedMotion = false }: Viewing,
    see: (page: Page) => Promise<Result>,
  ): Promise<Look<Result>> {
    if (!browser) throw new Error('there is no browser');
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    const seen = await see(page);
    await context.close();
    return { seen, complaints };
  }
  return { describeInBrowser: browser ? describe : describe.skip, look };
}

/** Opens everything that is folded and waits until it is drawn. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(`(async () => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
  })()`);
