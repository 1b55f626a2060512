import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleTrial } from '../../test/sample-document.ts';
import { readMetric } from './reading.ts';

const readingOf = (ok: number) => {
  const requests = { ...sampleClosedLoop().requests, sent: 50, ok, errors: 50 - ok };
  const closed = sampleClosedLoop({ requests, throughputPerSecond: 0 });
  return readMetric(sampleTrial({ server: 'pool' }, [closed]), { kind: 'throughput' });
};

test('a window that ended before the first answer is no failure of the server', () => {
  expect(readingOf(50)).toMatchObject({
    cause: 'measuring',
    reason: 'pool answered all of 50 requests, but none within the window; use a longer --duration',
  });
});

test('a server that answered nothing has failed', () => {
  expect(readingOf(0)).toMatchObject({
    cause: 'server',
    reason: 'pool gave no good response to 50 of 50 requests',
  });
});
