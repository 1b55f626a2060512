import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { renderHtml } from '../../reports/html/render.ts';
import { readRunDocument } from '../../results/read-run-document.ts';
import type { RunDocument } from '../../results/run-document.ts';
import { hostile } from '../golden/hostile.ts';
import { golden } from '../golden/read.ts';
import { startBrowser } from './browser.ts';

/** What the browser's own globals are used for here; the project is checked without the DOM's types. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

const documents: Readonly<Record<string, () => RunDocument>> = {
  full: () => golden('full'),
  single: () => golden('single'),
  references: () => golden('references'),
  troubled: () => golden('troubled'),
  empty: () => golden('empty'),
  hostile: () => hostile(golden('troubled')),
  'long-named': () => hostile(golden('full'), 'x'.repeat(10_000)),
};

const browser: Browser | null = await startBrowser();
const describeInBrowser = browser ? describe : describe.skip;
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

/** Opens a report, looks at it, and gives what it complained of or asked the network for. */
async function look<Result>(
  name: string,
  options: { readonly colorScheme?: 'light' | 'dark'; readonly width?: number },
  see: (page: Page) => Promise<Result>,
): Promise<{ readonly seen: Result; readonly complaints: readonly string[] }> {
  if (!browser) throw new Error('there is no browser');
  const { colorScheme = 'light', width = 1280 } = options;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
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

/** For each chart, how many of its pixels were drawn on, and how many of those are nearly black or nearly white. */
const drawn = (page: Page) =>
  page.locator('canvas').evaluateAll((canvases) =>
    (canvases as unknown as Canvas[]).map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const counts = { pixels: 0, black: 0, white: 0 };
      for (let index = 0; index < data.length; index += 4) {
        if ((data[index + 3] ?? 0) < 128) continue;
        const lightness =
          ((data[index] ?? 0) + (data[index + 1] ?? 0) + (data[index + 2] ?? 0)) / 3;
        counts.pixels += 1;
        if (lightness < 40) counts.black += 1;
        if (lightness > 230) counts.white += 1;
      }
      return counts;
    }),
  );

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describeInBrowser.each(Object.keys(documents))('the report of the %s run', (name) => {
  test('complains of nothing, asks the network for nothing and draws every chart', async () => {
    const { seen, complaints } = await look(name, {}, drawn);
    expect(complaints).toEqual([]);
    expect(seen.filter(({ pixels }) => pixels < 500)).toEqual([]);
    expect(seen.length > 0).toBe(name !== 'empty');
  });

  test('fits a phone', async () => {
    const { seen, complaints } = await look(name, { width: 390 }, overflow);
    expect([seen, complaints]).toEqual([0, []]);
  });
});

describeInBrowser('the report of a full run', () => {
  test('charts are dark on light and light on dark', async () => {
    const { seen: light } = await look('full', { colorScheme: 'light' }, drawn);
    const { seen: dark } = await look('full', { colorScheme: 'dark' }, drawn);
    expect(light.filter(({ black }) => black < 100)).toEqual([]);
    expect(dark.filter(({ white, black }) => white < 100 || black > 100)).toEqual([]);
  });

  test('the first screen holds the answer and the matrix, and nothing else', async () => {
    const { seen } = await look('full', {}, async (page) => ({
      matrix: await page.locator('.matrix').boundingBox(),
      section: await page.locator('main > section').first().boundingBox(),
    }));
    expect((seen.matrix?.y ?? 800) + (seen.matrix?.height ?? 0)).toBeLessThanOrEqual(800);
    expect(seen.section?.y).toBeGreaterThanOrEqual(800);
  });

  test('the keyboard reaches every table, opens it, and saves the document', async () => {
    const { seen } = await look('full', {}, async (page) => {
      const reached: string[] = [];
      for (let presses = 0; presses < 200; presses++) {
        await page.keyboard.press('Tab');
        const tag: unknown = await page.evaluate('document.activeElement.tagName');
        if (tag === 'BODY') break;
        reached.push(String(tag));
        if (tag === 'SUMMARY') await page.keyboard.press('Enter');
        if (tag === 'BUTTON') break;
      }
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 5000 }),
        page.keyboard.press('Enter'),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      return {
        reached,
        closed: await page.locator('details:not([open])').count(),
        saved: readRunDocument(Buffer.concat(chunks).toString('utf8')),
      };
    });
    expect(seen.closed).toBe(0);
    expect(seen.reached.at(-1)).toBe('BUTTON');
    expect(seen.saved).toEqual(golden('full'));
  });
});
