import { expect, test } from '@jest/globals';
import { markdownTable, withSection } from './page.ts';

const page = '# Title\n\nIntroduction.\n\n## First\n\nold\n\n## Second\n\nkept\n';

test('a section replaces the one with its heading and leaves the others as they are', () => {
  expect(withSection(page, 'First', ['new', 'text'])).toBe(
    '# Title\n\nIntroduction.\n\n## First\n\nnew\n\ntext\n\n## Second\n\nkept\n',
  );
});

test('a section with a new heading is appended', () => {
  expect(withSection(page, 'Third', ['new'])).toBe(`${page}\n## Third\n\nnew\n`);
});

test('a bar in a cell does not end the cell', () => {
  expect(markdownTable(['a', 'b'], [['x|y', 'z']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | z |');
});
