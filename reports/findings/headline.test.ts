import { describe, expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { headlineOf } from './headline.ts';

describe('the headline', () => {
  test('leads with the largest gain in throughput over the first server, and its interval', () => {
    expect(headlineOf(golden('full')).lead).toMatch(
      /^For CPU-bound work on this machine, the pool serves 1\.9\d× as many requests as the event loop \(95 % CI 1\.[89]\d–1\.9\d\)\.$/,
    );
  });

  test('has a line for each other workload', () => {
    const { rest } = headlineOf(golden('full'));
    expect(rest.some((line) => line.startsWith('For I/O-bound work'))).toBe(true);
    expect(rest.some((line) => line.startsWith('For mixed work'))).toBe(true);
  });

  test('compares nobody when one server ran', () => {
    const { lead, rest, notes } = headlineOf(golden('single'));
    expect(lead).toMatch(
      /^For CPU-bound work on this machine, the pool serves [\d,]+ requests\/s\.$/,
    );
    expect(rest).toEqual([]);
    expect(notes).toEqual([]);
  });

  test('claims no winner where fewer than two blocks have results for both', () => {
    const { lead, rest } = headlineOf(golden('troubled'));
    for (const line of [lead, ...rest]) expect(line).not.toMatch(/×|faster|fastest/);
  });

  test('does not place servers that were already running on this machine', () => {
    const document = golden('single');
    const servers = document.plan.servers.map((server) => ({ ...server, attached: true as const }));
    const { lead } = headlineOf({ ...document, plan: { ...document.plan, servers } });
    expect(lead).toMatch(/^For CPU-bound work, the pool serves/);
  });

  test('counts what is missing', () => {
    expect(headlineOf(golden('troubled')).notes).toContain(
      'Trials without a usable result: 1 failed, 4 skipped, 1 interrupted and 1 void.',
    );
  });

  test('of a run that measured nothing says so and nothing else', () => {
    const { lead, rest } = headlineOf(golden('empty'));
    expect(lead).toBe('Nothing was measured. The run was interrupted: 0 trials gave results.');
    expect(rest).toEqual([]);
  });

  test('of a run with only void results does not say that nothing was measured', () => {
    const document = golden('single');
    for (const trial of document.trials)
      trial.warnings.push({ code: 'late-sends', severity: 'void', message: 'late', advice: '' });
    expect(headlineOf(document).lead).toBe(
      'No result is usable. Trials without a usable result: 1 void.',
    );
  });
});
