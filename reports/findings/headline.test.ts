import { describe, expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { headlineOf } from './headline.ts';

describe('the headline', () => {
  test('leads with the throughput that leaving the first server would gain most, and gives its range', () => {
    expect(headlineOf(golden('full')).lead).toMatch(
      /^On this machine, for CPU-bound work, the pool serves 1\.9\d× what the event loop does \(1\.[89]\d–1\.9\d\)\.$/,
    );
  });

  test('has a line for each other workload', () => {
    const { rest } = headlineOf(golden('full'));
    expect(rest.some((line) => line.startsWith('For I/O-bound work'))).toBe(true);
    expect(rest.some((line) => line.startsWith('For mixed work'))).toBe(true);
  });

  test('compares nobody when one server ran', () => {
    const { lead, rest, caveats } = headlineOf(golden('single'));
    expect(lead).toMatch(
      /^On this machine, for CPU-bound work, the pool serves [\d,]+ requests\/s\.$/,
    );
    expect(rest).toEqual([]);
    expect(caveats.join(' ')).toContain('one block');
  });

  test('claims no winner where fewer than two blocks have both', () => {
    const { lead, rest } = headlineOf(golden('troubled'));
    for (const line of [lead, ...rest]) expect(line).not.toMatch(/×|faster|best/);
  });

  test('counts what is missing', () => {
    expect(headlineOf(golden('troubled')).caveats).toContain(
      'Trials without usable numbers: 1 failed, 4 skipped, 1 interrupted and 1 void.',
    );
  });

  test('of a run that measured nothing says so and nothing else', () => {
    const { lead, rest } = headlineOf(golden('empty'));
    expect(lead).toBe(
      'Nothing was measured. The run was interrupted: 0 of 27 planned trials gave numbers.',
    );
    expect(rest).toEqual([]);
  });

  test('of a run that measured only what may not be used does not say that it measured nothing', () => {
    const document = golden('single');
    for (const trial of document.trials)
      trial.warnings.push({ code: 'late-sends', severity: 'void', message: 'late', advice: '' });
    expect(headlineOf(document).lead).toBe(
      'No number here can be used. Trials without usable numbers: 1 void.',
    );
  });
});
