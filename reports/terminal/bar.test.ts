import { expect, test } from '@jest/globals';
import { bar } from './bar.ts';

test('a bar is as long as its share, and a share above 0 always shows', () => {
  expect([bar(1, 4), bar(0.5, 4), bar(0.03125, 4), bar(0.0001, 4), bar(0, 4)]).toEqual([
    '████',
    '██',
    '▏',
    '▏',
    '',
  ]);
});
