import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleTrial } from '../../test/sample-document.ts';
import { failuresInWords } from './failures.ts';

const ended = (purpose: 'comparison' | 'control', status: 'ok' | 'failed') => {
  const trial = sampleTrial({ purpose }, [sampleClosedLoop()]);
  return status === 'ok' ? trial : { ...trial, status, reason: 'it died', measurements: [] };
};

test('controls that failed are counted apart, as in the report', () => {
  const trials = [
    ended('comparison', 'failed'),
    ended('comparison', 'failed'),
    ended('comparison', 'ok'),
    ended('control', 'failed'),
  ];
  expect(failuresInWords(trials)).toBe('2 of 3 trials failed and 1 of 1 controls failed');
  expect(failuresInWords(trials.slice(0, 3))).toBe('2 of 3 trials failed');
  expect(failuresInWords(trials.slice(2))).toBe('1 of 1 controls failed');
});

test('nothing is said where nothing failed', () => {
  expect(failuresInWords([ended('comparison', 'ok')])).toBeNull();
});
