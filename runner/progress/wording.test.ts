import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { describeOutcome, describePlanned } from './wording.ts';

const hostile = 'mine\u001b[2J\u0007\r\nforged';
const controlCharacter = /\p{Cc}/u;

test('no name steers the terminal', () => {
  const document = sampleDocument({ servers: [hostile] }, []);
  const trial = sampleTrial({ server: hostile }, [sampleClosedLoop()]);
  for (const line of [describePlanned(document), describeOutcome(trial)]) {
    expect(line).toContain('mine forged');
    expect(line).not.toMatch(controlCharacter);
  }
});

test('nor does what a dying server printed', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const failed = { ...trial, status: 'failed' as const, reason: hostile, measurements: [] };
  expect(describeOutcome(failed)).toBe('block 1 pool × cpu: failed: mine forged');
});

test('its last words are kept, however much came before', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const reason = `${'noise '.repeat(200)}the end`;
  const failed = { ...trial, status: 'failed' as const, reason, measurements: [] };
  expect(describeOutcome(failed)).toMatch(/the end$/);
});
