import { describe, expect, test } from '@jest/globals';
import { loadImage } from '@napi-rs/canvas';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { chooseFont } from './choose-font.ts';
import { linesOf } from './paragraph.ts';
import { renderPng } from './render.ts';

const imageOf = async (file: { content: string | Uint8Array } | undefined) =>
  loadImage(Buffer.from(file?.content ?? ''));

describe('pictures', () => {
  test.each(goldenNames)(
    'of the %s run are as wide as a README, at two pixels a px',
    async (name) => {
      const files = await renderPng(golden(name));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const { width, height } = await imageOf(file);
        expect(width).toBe(2 * 872);
        expect(height).toBeGreaterThan(200);
      }
    },
  );

  test('of one document are the same, to the byte', async () => {
    const [first, again] = [await renderPng(golden('full')), await renderPng(golden('full'))];
    expect(again.map(({ content }) => Buffer.from(content).toString('base64'))).toEqual(
      first.map(({ content }) => Buffer.from(content).toString('base64')),
    );
  });

  test('show the timeline only where requests were traced', async () => {
    const names = async (name: 'full' | 'troubled') =>
      (
        await renderPng({ ...golden(name), traces: name === 'full' ? golden(name).traces : [] })
      ).map((file) => file.name);
    expect(await names('full')).toEqual(['answer.png', 'timeline.png']);
    expect(await names('troubled')).toEqual(['answer.png']);
  });

  test('do not grow with the length of names', async () => {
    const [answer] = await renderPng(hostile(golden('full'), '🦊'.repeat(10_000)));
    expect((await imageOf(answer)).height).toBeLessThan(2 * 2500);
  });

  test('have a row for each server that has a number', async () => {
    const [few] = await renderPng(golden('full'));
    const [many] = await renderPng(golden('references'));
    expect((await imageOf(few)).height).not.toBe((await imageOf(many)).height);
  });
});

describe('lines of text', () => {
  const fits = (line: string) => line.length <= 10;

  test('break between words, and never before a unit', () => {
    expect(linesOf('serves 1.93 × as much', fits)).toEqual(['serves', '1.93 × as', 'much']);
  });

  test('break a word that fits no line', () => {
    expect(linesOf('a abcdefghijklmno b', fits)).toEqual(['a', 'abcdefghij', 'klmno b']);
  });

  test('end in an ellipsis where there are too many', () => {
    const lines = linesOf('x'.repeat(1000), fits);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('xxxxxxxxx…');
  });
});

describe('the font of pictures', () => {
  test('is the first of the page’s that is installed', () => {
    expect(chooseFont(['DejaVu Sans', 'Liberation Sans', 'Noto Sans'])).toBe('Noto Sans');
  });

  test('is any for running text where none of those is', () => {
    expect(chooseFont(['Aardvark Mono', 'DejaVu Math TeX Gyre', 'DejaVu Sans'])).toBe(
      'DejaVu Sans',
    );
  });

  test('that is not there is asked for, with the command to get one', () => {
    expect(() => chooseFont([])).toThrow(/No font was found.*apt-get install fonts-liberation/);
  });
});
