import { describe, expect, test } from '@jest/globals';
import { compareRuns } from '../../results/comparison/compare-runs.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { golden } from '../../test/golden/documents.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { comparisonSentences } from '../findings/change-sentences.ts';
import { renderComparison } from './comparison.ts';

/** The full run, with the pool's throughput on cpu multiplied. */
function slowedPool(factor: number): RunDocument {
  const document = golden('full');
  for (const trial of document.trials) {
    if (trial.server !== 'pool' || trial.workload !== 'cpu') continue;
    for (const measurement of trial.measurements) measurement.throughputPerSecond *= factor;
  }
  return document;
}

const rendered = (base: RunDocument, next: RunDocument) =>
  renderComparison(compareRuns(base, next, 0.05), [], base, next);

describe('the page of two runs', () => {
  test('says first which server got worse, and by how much', () => {
    const comparison = compareRuns(golden('full'), slowedPool(0.8), 0.05);
    expect(comparisonSentences(comparison)[0]).toBe('pool got 20.0 % slower on cpu (throughput).');
    expect(rendered(golden('full'), slowedPool(0.8))).toMatch(
      /slower on cpu [^<]*<\/h1>[\s\S]*axis from 0\.\d+× to 1\.\d+×[\s\S]*✗ worse[\s\S]*Throughput fell by/,
    );
  });

  test('says that two runs have nothing in common', () => {
    expect(comparisonSentences({ cells: [], threshold: 0.05, warnings: [] })).toEqual([
      'The two runs have no server and workload in common.',
    ]);
  });

  test('runs no script and lets no text from outside become markup', () => {
    const page = rendered(hostile(golden('full')), hostile(slowedPool(0.5)));
    expect(page).toContain('script-src &#39;none&#39;');
    expect(page).not.toMatch(/<script|<img|undefined|NaN/);
  });
});
