import { expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { disturbancesInWords } from './disturbances.ts';

test('disturbed turns are counted once, however often they were measured again', () => {
  expect(disturbancesInWords(golden('full'))).toBe(
    'Other work on the machine disturbed 3 of 88 turns: 2 measured again until undisturbed and 1 kept, with a warning. A turn is one window on every server.',
  );
});

test('a turn that stayed disturbed was kept', () => {
  const document = golden('full');
  const disturbances = document.disturbances.slice(1, 3);
  const kept = disturbances.map((one, index) => ({ ...one, repeated: index === 0 }));
  expect(disturbancesInWords({ ...document, disturbances: kept })).toMatch(
    /disturbed 1 of 88 turns: 1 kept, with a warning\./,
  );
});

test('a quiet run says nothing of it', () => {
  expect(disturbancesInWords(golden('single'))).toBeNull();
});
