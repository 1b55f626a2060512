import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readRunDocument } from './read.ts';
import { runDocumentVersion } from './run-document.ts';

const stored = new URL('../../test/golden/run-of-version-1.json', import.meta.url);

test('a real run of version 1 is read with the names of the current version', () => {
  const { version, plan, noiseProbes, trials } = readRunDocument(readFileSync(stored, 'utf8'));
  expect(version).toBe(runDocumentVersion);
  expect(plan.servers.map(({ models }) => models)).toContain('Go net/http');
  expect(noiseProbes.length).toBeGreaterThan(0);
  const rates = trials.flatMap(({ measurements }) => measurements.map(({ rate }) => rate));
  expect(new Set(rates)).toEqual(new Set([null, 'shared']));
  const codes = trials.flatMap(({ measurements }) =>
    measurements.flatMap(({ warnings }) => warnings.map(({ code }) => code)),
  );
  expect(codes).toContain('generator-cpu-use');
  expect(codes).not.toContain('generator-heavy');
});

test('a damaged run of version 1 is refused in words', () => {
  const { canaries: _, ...damaged } = JSON.parse(readFileSync(stored, 'utf8'));
  expect(() => readRunDocument(JSON.stringify(damaged))).toThrow('damaged at');
});
