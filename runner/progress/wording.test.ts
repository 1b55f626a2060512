import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { describeOutcome, describePlanned } from './wording.ts';

const hostile = 'mine\u001b[2J\u0007\r\nforged';
const controlCharacter = /\p{Cc}/u;

test('no name controls the terminal', () => {
  const document = sampleDocument({ servers: [hostile] }, []);
  const trial = sampleTrial({ server: hostile }, [sampleClosedLoop()]);
  for (const line of [describePlanned(document, null), describeOutcome(trial)]) {
    expect(line).toContain('mine forged');
    expect(line).not.toMatch(controlCharacter);
  }
});

test('nor does what a dying server printed', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const failed = { ...trial, status: 'failed' as const, reason: hostile, measurements: [] };
  expect(describeOutcome(failed)).toBe('block 1 pool × cpu: failed: mine forged');
});

test('the end of a long output is shown', () => {
  const trial = sampleTrial({}, [sampleClosedLoop()]);
  const reason = `${'noise '.repeat(200)}the end`;
  const failed = { ...trial, status: 'failed' as const, reason, measurements: [] };
  expect(describeOutcome(failed)).toMatch(/the end$/);
});

test('a control is explained, and a void throughput marked', () => {
  const closed = sampleClosedLoop({ throughputPerSecond: 2120.4 });
  const warning = { code: 'late-sends', severity: 'void' as const, message: 'm', advice: 'a' };
  const control = sampleTrial({ purpose: 'control' }, [{ ...closed, warnings: [warning] }]);
  expect(describeOutcome(control)).toBe(
    'block 1 pool × cpu (control: same server again): 2,120 req/s (void; the report says why)',
  );
});

test('a run with a time budget has no fixed number of blocks', () => {
  const document = sampleDocument({}, []);
  expect(describePlanned(document, 57)).toContain('up to 1 block,');
  expect(describePlanned(document, null)).not.toContain('up to');
});
