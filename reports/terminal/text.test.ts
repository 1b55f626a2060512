import { expect, test } from '@jest/globals';
import { bar, wrapped } from './text.ts';

test('a bar is as long as its share, and a share above 0 always shows', () => {
  expect([bar(1, 4), bar(0.5, 4), bar(0.03125, 4), bar(0.0001, 4), bar(0, 4)]).toEqual([
    '████',
    '██',
    '▏',
    '▏',
    '',
  ]);
});

test('text is broken between words, and a word that is longer than a line is cut', () => {
  expect(wrapped('it serves 13 % more', 12)).toBe('it serves\n13 % more');
  expect(wrapped(`see ${'x'.repeat(25)} there`, 10)).toBe(
    `see\n${'x'.repeat(10)}\n${'x'.repeat(10)}\nxxxxx\nthere`,
  );
});
