import { expect, test } from '@jest/globals';
import type { Warning } from '../../results/document/run-document.ts';
import { golden } from '../../test/golden/documents.ts';
import { warningLines } from './warnings.ts';

const silent: Warning = {
  code: 'load-worker-silent',
  severity: 'void',
  message: 'load worker one did not answer for 2 s',
  advice: '',
};

test('loads of a curve that are left out are reported, unless they overloaded the server', () => {
  const document = golden('full');
  const before = warningLines(document);
  const [first, second] = document.trials.flatMap(({ curve }) => curve);
  first?.warnings.push(silent);
  second?.warnings.push({ ...silent, code: 'overloaded' });
  expect(warningLines(document).filter((line) => !before.includes(line))).toEqual([
    '1 window of load curves void: load worker one did not answer for 2 s',
  ]);
});
