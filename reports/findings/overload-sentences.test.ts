import { describe, expect, test } from '@jest/globals';
import type { Measurement, RequestCounts, Warning } from '../../results/document/run-document.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTrial,
} from '../../test/sample-document.ts';
import { overloadSentences } from './overload-sentences.ts';

const warning = (code: string): Warning => ({ code, severity: 'void', message: '', advice: '' });

const sentences = (...blocks: readonly [Measurement, ...Measurement[]][]) =>
  overloadSentences(
    sampleDocument(
      {},
      blocks.map((measurements, block) => sampleTrial({ server: 'prefork', block }, measurements)),
    ),
  );

const loop = (counts: Partial<RequestCounts>, warnings: Warning[] = []) =>
  sampleClosedLoop({
    requests: { sent: 0, ok: 0, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0, ...counts },
    warnings,
  });

describe('what a server could not take', () => {
  test('is said in numbers, over all blocks', () => {
    const flood = loop({ sent: 5010, ok: 52, timeouts: 4958 });
    expect(sentences([flood], [flood])).toEqual([
      'On cpu, prefork answered 104 of 10,020 requests (closed loop); the others got no response within 10 s.',
    ]);
  });

  test('is said by what became of the requests', () => {
    const counts = { sent: 5000, ok: 1000, timeouts: 2000, non2xx: 1997, errors: 3 };
    expect(sentences([loop(counts)])).toEqual([
      'On cpu, prefork answered 1,000 of 5,000 requests (closed loop); 2,000 got no response within 10 s, 1,997 got a response with another status than expected and 3 lost their connection.',
    ]);
  });

  test('is an open loop without response times, too', () => {
    const open = (warnings: Warning[]) => sampleOpenLoop({ warnings });
    const closed = sampleClosedLoop();
    expect(sentences([closed, open([warning('overloaded')])], [closed, open([])])).toEqual([
      'On cpu, prefork was overloaded at 600 requests/s in 1 of 2 blocks: no response time reported.',
    ]);
  });

  test('is not a request in a thousand, nor what the load generator spoiled', () => {
    expect(sentences([sampleClosedLoop()])).toEqual([]);
    expect(sentences([loop({ sent: 1000, ok: 991, errors: 9 })])).toEqual([]);
    const counts = { sent: 5000, ok: 1000, timeouts: 4000 };
    expect(sentences([loop(counts, [warning('generator-saturated')])])).toEqual([]);
  });
});
