import { describe, expect, test } from '@jest/globals';
import { scalingsOf } from '../../results/scalability/scaling.ts';
import { scaledDocument } from '../../test/scaled-document.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { scaling } from '../html/sections/scaling.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/summary.ts';
import { scalingSentences } from './scaling.ts';

const textOf = (perSecond: Readonly<Record<number, number>>) =>
  scalingsOf(scaledDocument(perSecond)).flatMap(scalingSentences).join('\n');

const usl = (contention: number, coherency: number, counts = [1, 2, 3, 4, 6, 8, 12]) =>
  Object.fromEntries(
    counts.map((n) => [n, (100 * n) / (1 + contention * (n - 1) + coherency * n * (n - 1))]),
  );

describe('sentences on numbers of workers', () => {
  test('name the best number, what more workers lose, the knee and the memory', () => {
    const text = textOf(usl(0.05, 0.02));
    expect(text).toContain('6 workers have the highest throughput for mine on CPU-bound work');
    expect(text).toContain('Beyond 6 workers throughput falls: 12 workers have 88.3 % of it.');
    expect(text).toContain('contention α is 0.05');
    expect(text).toContain('throughput is highest at 6.89');
    expect(text).toContain('Each further worker takes 30.0 MiB of memory.');
  });

  test('name the fewest that are enough where more gain little', () => {
    const text = textOf({ 1: 100, 2: 195, 4: 372, 6: 385, 8: 390, 12: 380 });
    expect(text).toContain('4 workers are enough for mine on CPU-bound work: 95.4 % of');
  });

  test('say so where throughput still grows, and where the range shows no knee', () => {
    const growing = textOf(usl(0.05, 0));
    expect(growing).toContain('Throughput still grows at 12 workers');
    expect(growing).toContain('does not show where throughput would fall');
    expect(textOf(usl(0.05, 0.002))).toContain('more than were measured');
    expect(textOf({ 1: 100, 2: 200, 3: 200, 4: 200, 6: 200 })).toContain('names no knee');
  });

  test('say so where the knee may lie beyond the range', () => {
    const [found] = scalingsOf(scaledDocument(usl(0.05, 0.02)));
    if (found?.law.kind !== 'fitted') throw new Error('no law');
    const knee = { kind: 'measured', workers: { value: 9, low: 7, high: 14 } } as const;
    const sentences = scalingSentences({ ...found, law: { ...found.law, knee } }).join('\n');
    expect(sentences).toContain(
      '(7.0–14.0) workers, which may be more than the 12 that were measured.',
    );
  });
});

test('every format of a report has the table of workers', () => {
  const document = scaledDocument(usl(0.05, 0.02));
  expect(renderTerminal(document, { color: false, columns: 100 })).toMatch(/^ +6 +\d+/m);
  expect(renderMarkdown(document)).toContain('| 6 | ');
  const section = scaling(document, seriesStyles(document.plan.servers));
  expect(section?.markup.markup).toContain('mine on cpu: throughput by workers');
});
