import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleTrial, sampleWorkload } from '../../test/sample-document.ts';
import { saturationOf } from './saturation.ts';

const saturationAt = (throughputPerSecond: number) =>
  saturationOf(
    [sampleTrial({}, [sampleClosedLoop({ throughputPerSecond })])],
    sampleWorkload(),
    [],
  );

test('a window that ended before the first answer shows no saturation', () => {
  expect(saturationAt(1000)).toMatchObject({ kind: 'measured', perSecond: expect.closeTo(1000) });
  expect(saturationAt(0)).toMatchObject({ kind: 'unknown' });
});
