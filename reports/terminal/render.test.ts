import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { renderTerminal } from './render.ts';

const plain = { color: false, columns: 80 };

describe('the terminal report', () => {
  test('starts with the answer', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text).toMatch(/^On this machine, for CPU-bound work, the pool serves/);
  });

  test('has a row for each server and workload', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text.match(/^ {2}(event-loop|prefork|pool) +[\d,.]+ {2}[▏▎▍▌▋▊▉█]/gm)).toHaveLength(9);
  });

  test.each(goldenNames)('of the %s run keeps to the width and prints no missing value', (name) => {
    const text = renderTerminal(golden(name), plain);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/undefined|NaN|Infinity|null/);
  });

  test('says why a server has no number', () => {
    const text = renderTerminal(golden('troubled'), plain);
    expect(text).toMatch(/pool +– +skipped/);
    expect(text).toContain('port 8080 is taken by another program');
  });

  test('has colour only when asked', () => {
    const escape = '\u001b[';
    expect(renderTerminal(golden('full'), { color: true, columns: 80 })).toContain(escape);
    expect(renderTerminal(golden('full'), plain)).not.toContain(escape);
  });

  test('lets no text from outside steer the terminal', () => {
    const document = golden('troubled');
    const trials = document.trials.map((trial) =>
      trial.status === 'ok' ? trial : { ...trial, reason: '\u001b[2J\u001b]0;title\u0007\rgone' },
    );
    const text = renderTerminal({ ...document, trials }, plain);
    expect(text).toMatch(/skipped; +gone/);
    expect(text).not.toContain('[2J');
    expect(text.split('').filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });
});
