import { describe, expect, test } from '@jest/globals';
import type { CellChange } from '../../results/comparison/change.ts';
import { renderComparisonText } from './comparison.ts';

const cell = (workload: string, change: CellChange['change']): CellChange => ({
  server: 'app',
  workload,
  metric: { kind: 'throughput' },
  change,
});
const measured = { pValue: 0.001, adjustedP: 0.001 };
const worse = { kind: 'worse', ratio: 0.912, low: 0.874, high: 0.951, ...measured } as const;
const render = (cells: CellChange[]) =>
  renderComparisonText(
    {
      threshold: 0.05,
      cells,
      warnings: [
        {
          code: 'other-speed',
          severity: 'warn',
          message: 'the machine itself was slower in the new run than in the base run, by 12 %',
          advice: 'run both again',
        },
      ],
    },
    [],
    { color: false, columns: 80 },
  );

describe('the comparison of two runs on the terminal', () => {
  test('starts with what changed, in words', () => {
    expect(render([cell('/api', worse)])).toMatch(
      /^app got 8\.8 % slower on \/api \(throughput\)\.\n\n✗ worse +app on \/api: throughput fell by 8\.8 % \(4\.9–12\.6 %\)\n/,
    );
  });

  test('folds what could not be compared into one line, with the count', () => {
    const reason = 'it is only in the base run';
    const cells = ['a', 'b', 'c'].map((name) => cell(name, { kind: 'not-compared', reason }));
    const text = render(cells);
    expect(text.match(/– not compared/g)).toHaveLength(1);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'app on a: throughput was not compared: it is only in the base run (and 2 further figures)',
    );
  });

  test('folds the figures that a server lost under one workload into one line', () => {
    const broken = { kind: 'broken', reason: 'it exited' } as const;
    const text = render([cell('/api', broken), cell('/api', broken), cell('/b', broken)]);
    expect(text.match(/^✗ broken .*$/gm)).toEqual([
      expect.stringContaining('app on /api: throughput was lost: it exited (and 1 further'),
      expect.stringContaining('app on /b: throughput was lost: it exited'),
    ]);
  });

  test('keeps to the width', () => {
    const reason = 'word '.repeat(40).trim();
    const text = render([cell('/api', worse), cell('/b', { kind: 'broken', reason })]);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^! warning +the machine/m);
  });
});
