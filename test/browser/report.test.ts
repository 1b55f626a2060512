import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readRunDocument } from '../../results/document/read.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { packageRoot } from '../../servers/package-root.ts';
import { golden } from '../golden/documents.ts';
import { hostile } from '../golden/hostile.ts';
import { openReports, unfold } from './open-report.ts';

/** The part of a canvas that these tests use; tests are checked without the DOM's types. */
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
  fidelity: () => golden('fidelity'),
  troubled: () => golden('troubled'),
  empty: () => golden('empty'),
  hostile: () => hostile(golden('troubled')),
  'long-named': () => hostile(golden('full'), 'x'.repeat(10_000)),
  sample: () => readRunDocument(readFileSync(join(packageRoot, 'docs/sample/run.json'), 'utf8')),
};

const { describeInBrowser, look } = await openReports(documents);

/** The number of pixels of each chart that differ from the page, and how many of them are nearly black or nearly white. */
async function drawn(page: Page) {
  await unfold(page);
  const isDark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  return page.locator('canvas').evaluateAll(
    (canvases, paper) =>
      (canvases as unknown as Canvas[]).map((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const counts = { pixels: 0, black: 0, white: 0 };
        for (let index = 0; index < data.length; index += 4) {
          const at = (offset: number) => data[index + offset] ?? 0;
          const lightness = (at(0) + at(1) + at(2)) / 3;
          if (at(3) < 128 || Math.abs(lightness - paper) < 16) continue;
          counts.pixels += 1;
          if (lightness < 40) counts.black += 1;
          if (lightness > 230) counts.white += 1;
        }
        return counts;
      }),
    isDark ? 23 : 255,
  );
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describeInBrowser.each(Object.keys(documents))('the report of the %s run', (name) => {
  test('has no error, needs no network and draws every chart', async () => {
    const { seen, complaints } = await look(name, {}, drawn);
    expect(complaints).toEqual([]);
    expect(seen.filter(({ pixels }) => pixels < 500)).toEqual([]);
    expect(seen.length > 0).toBe(name !== 'empty');
  });

  test('fits a phone', async () => {
    const { seen, complaints } = await look(name, { width: 390 }, async (page) => {
      await unfold(page);
      return overflow(page);
    });
    expect([seen, complaints]).toEqual([0, []]);
  });
});

describeInBrowser('a figure of the report', () => {
  test.each([
    ['bars', 'section:has(#workload-cpu) figure', 'cpu-throughput.png'],
    ['several charts', 'figure:has(.stacked)', 'io-over-time.png'],
    ['lanes', 'figure.timeline', 'how-each-server-served-the-same-requests-event-loop.png'],
  ])('with %s is saved as a PNG, by keyboard and without the network', async (_, place, name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { seen, complaints } = await look('full', { colorScheme }, async (page) => {
        await unfold(page);
        const figure = page.locator(place).first();
        const save = figure.getByRole('button', { name: 'Save picture' });
        await save.focus();
        const file = page.waitForEvent('download').then((download) => download.suggestedFilename());
        const picture = await savedBy(page, () => page.keyboard.press('Enter'));
        return { name: await file, ...(await decoded(page, picture)) };
      });
      expect(complaints).toEqual([]);
      expect(seen.name).toBe(name);
      expect(seen.width).toBeGreaterThan(700);
      expect(seen.drawn).toBeGreaterThan(5000);
    }
  });

  test('shows no button in print', async () => {
    const { seen } = await look('full', {}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      return page.getByRole('button', { name: 'Save picture' }).count();
    });
    expect(seen).toBe(0);
  });
});

describeInBrowser('the report of a default run', () => {
  test('is at most 6,000 px long before anything is opened', async () => {
    const { seen } = await look('sample', { width: 1100 }, (page) =>
      page.evaluate<number>('document.documentElement.scrollHeight'),
    );
    expect(seen).toBeGreaterThan(2000);
    expect(seen).toBeLessThanOrEqual(6000);
  });
});

describeInBrowser('the table of contents', () => {
  const current = (page: Page) => page.locator('.contents [aria-current]').allTextContents();

  test('stays in view and marks the section that is being read', async () => {
    const { seen } = await look('full', {}, async (page) => {
      const before = await current(page);
      await page.locator('.contents a', { hasText: 'mixed' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.contents [aria-current]').waitFor();
      return {
        before,
        after: await current(page),
        top: (await page.locator('.contents').boundingBox())?.y,
      };
    });
    expect(seen).toEqual({ before: [], after: ['mixed'], top: 0 });
  });

  test('has a link to every section', async () => {
    const { seen } = await look('fidelity', {}, async (page) => ({
      links: await page
        .locator('.contents li:not(.guess-link) a')
        .evaluateAll((links) => links.map((link) => String(Reflect.get(link, 'hash')))),
      sections: await page
        .locator('main h2')
        .evaluateAll((headings) => headings.map((one) => `#${String(Reflect.get(one, 'id'))}`)),
    }));
    expect(seen.sections.length).toBeGreaterThan(5);
    expect(seen.links).toEqual(seen.sections);
  });
});

describeInBrowser('what is folded', () => {
  test('opens when a link leads into it', async () => {
    const { seen } = await look('full', {}, async (page) => {
      await page.evaluate("location.hash = '#figure-cpu-request-cpu'");
      await page.locator('#cost-cpu[open]').waitFor();
      return page.locator('details[open]').count();
    });
    expect(seen).toBe(1);
  });

  test('is printed where it belongs on paper, and closes again', async () => {
    const { seen } = await look('full', {}, async (page) => {
      const open = () => page.locator('details[open]').count();
      const before = await open();
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      const printing = await open();
      const trials = await page.locator('#all-trials[open]').count();
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      return { before, opens: printing > 5, trials, after: await open() };
    });
    expect(seen).toEqual({ before: 0, opens: true, trials: 0, after: 0 });
  });
});

describeInBrowser('the questions before the report', () => {
  test('hide the answers until the reader has guessed, by keyboard', async () => {
    const { seen, complaints } = await look('full', {}, async (page) => {
      const visible = (place: string) => page.locator(place).first().isVisible();
      await page.locator('.guess-link a').focus();
      await page.keyboard.press('Enter');
      await page.locator('#guess').waitFor();
      const asked = { matrix: await visible('.matrix'), main: await visible('main') };
      await page.keyboard.press('ArrowRight');
      const before = await page.locator('#guess').innerText();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const after = await page.locator('#guess').innerText();
      await page.locator('#guess a').focus();
      await page.keyboard.press('Enter');
      await page.locator('.matrix').waitFor();
      return { asked, before, after, left: await visible('#guess') };
    });
    expect(complaints).toEqual([]);
    expect(seen.asked).toEqual({ matrix: false, main: false });
    expect(seen.before).not.toContain('Measured:');
    expect(seen.after).toMatch(/Your guess: 1\.0×\. Predicted: [\d.]+×\. Measured: [\d.]+× \(/);
    expect(seen.left).toBe(false);
  });
});

describeInBrowser('the what-if', () => {
  test('predicts for other values by keyboard, draws them, and goes back to what was measured', async () => {
    const { seen, complaints } = await look('full', {}, async (page) => {
      await page.locator('#what-if-io > summary').focus();
      await page.keyboard.press('Enter');
      const prefork = page.locator('#what-if-io .predicted').nth(1);
      const chart = () =>
        page
          .locator('#what-if-io canvas')
          .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
      const before = { text: await prefork.textContent(), chart: await chart() };
      await page.locator('#what-if-io input[name=workers]').focus();
      await page.keyboard.press('End');
      const after = { text: await prefork.textContent(), chart: await chart() };
      await page.locator('#what-if-io button[type=reset]').focus();
      await page.keyboard.press('Enter');
      return { before, after, again: await prefork.textContent() };
    });
    expect(complaints).toEqual([]);
    expect(seen.before.text).toMatch(/^overloaded: at most 98\.6 requests\/s$/);
    expect(seen.after.text).toMatch(/ms; at most 1,\d+ requests\/s$/);
    expect(seen.after.chart).not.toBe(seen.before.chart);
    expect(seen.again).toBe(seen.before.text);
  });
});

describeInBrowser('the timeline', () => {
  const moments = (page: Page) =>
    page.locator('.played').first().locator('.moment').allTextContents();

  test('plays and pauses with Space and steps with arrow keys, in all servers at once', async () => {
    const { seen, complaints } = await look('full', {}, async (page) => {
      const play = page.locator('.play').first();
      await play.focus();
      await page.keyboard.press('Space');
      await page.locator('.moving .moment', { hasText: 'computing' }).first().waitFor();
      await page.keyboard.press('Space');
      const paused = await moments(page);
      const label = await play.textContent();
      await page.keyboard.press('ArrowRight');
      const stepped = await moments(page);
      await page.keyboard.press('ArrowLeft');
      return { label, paused, stepped, back: await moments(page) };
    });
    expect(complaints).toEqual([]);
    expect(seen.label).toBe('Play');
    expect(seen.paused).toHaveLength(3);
    for (const text of seen.paused) expect(text).toMatch(/^t = [\d.]+ ms: .*\.$/);
    expect(seen.stepped).not.toEqual(seen.paused);
    expect(seen.back).toEqual(seen.paused);
  });

  test('says what a request waited for, by keyboard and by pointer', async () => {
    const { seen } = await look('full', {}, async (page) => {
      const reason = page.locator('.reason').first();
      await page.locator('.played .scroll').first().focus();
      await page.keyboard.press('ArrowRight');
      const byKey = await reason.textContent();
      await page.locator('.lanes rect.computing').first().hover();
      return { byKey, byPointer: await reason.textContent() };
    });
    expect(seen.byKey).toMatch(/^request 1 \(/);
    expect(seen.byPointer).toMatch(/^request \d+ \(\w+\), computing for /);
  });

  test('moves in steps for readers who want less motion', async () => {
    const { seen } = await look('full', { reducedMotion: true }, async (page) => {
      const last = Number(await page.locator('.player input').first().getAttribute('max'));
      await page.locator('.play').first().click();
      const shown = new Set<number>();
      while (shown.size < 3) {
        shown.add(Number(await page.locator('.player input').first().inputValue()) / (last / 20));
      }
      return [...shown];
    });
    for (const step of seen) expect(Math.abs(step - Math.round(step))).toBeLessThan(0.15);
  });

  test('is on paper as it was before it played', async () => {
    const { seen } = await look('full', {}, async (page) => {
      await page.locator('.player input').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.emulateMedia({ media: 'print' });
      const visible = (selector: string) => page.locator(selector).first().isVisible();
      return [
        await visible('.player'),
        await visible('.playhead'),
        await visible('.moment'),
        await visible('.whole-run'),
      ];
    });
    expect(seen).toEqual([false, false, false, true]);
  });
});

describeInBrowser('the report of a full run', () => {
  test('charts are dark on light and light on dark', async () => {
    const { seen: light } = await look('full', { colorScheme: 'light' }, drawn);
    const { seen: dark } = await look('full', { colorScheme: 'dark' }, drawn);
    expect(light.filter(({ black }) => black < 50)).toEqual([]);
    expect(dark.filter(({ white, black }) => white < 50 || black > 50)).toEqual([]);
  });

  test('the first screen holds the answer and the matrix', async () => {
    const { seen } = await look('full', {}, (page) => page.locator('.matrix').boundingBox());
    expect(seen?.y).toBeGreaterThan(0);
    expect((seen?.y ?? 800) + (seen?.height ?? 0)).toBeLessThanOrEqual(800);
  });

  test('the keyboard reaches every control, opens what is closed, and saves the document', async () => {
    const { seen } = await look('full', {}, async (page) => {
      const controls = ':is(summary, button, input, a[href], [tabindex="0"]):not(.guess *)';
      const most = 2 * (await page.locator(controls).count());
      let saved: Buffer | null = null;
      for (let presses = 0; presses < most; presses++) {
        await page.keyboard.press('Tab');
        const at: unknown = await page.evaluate(
          "document.activeElement.setAttribute('data-reached', ''); document.activeElement.tagName",
        );
        if (at === 'BODY') break;
        if (at === 'SUMMARY') await page.keyboard.press('Enter');
        const id = await page.evaluate('document.activeElement.id');
        if (id === 'save-run') saved = await savedBy(page, () => page.keyboard.press('Enter'));
      }
      return {
        controls: await page.locator(controls).count(),
        unreached: await page.locator(`:is(${controls}):not([data-reached])`).count(),
        closed: await page.locator('details:not([open])').count(),
        saved,
      };
    });
    expect(seen.controls).toBeGreaterThan(30);
    expect([seen.unreached, seen.closed]).toEqual([0, 0]);
    expect(readRunDocument(seen.saved?.toString('utf8') ?? '')).toEqual(golden('full'));
  });
});

/** The content of the file that the page hands out. */
async function savedBy(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 20_000 }), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Decodes a picture in the browser: its size, and how many of a sample of its pixels are not the background. */
const decoded = (page: Page, picture: Buffer) =>
  page.evaluate<{ width: number; height: number; drawn: number }>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    return { width, height, drawn: pixels.filter((pixel) => pixel !== pixels[0]).length };
  })()`);
