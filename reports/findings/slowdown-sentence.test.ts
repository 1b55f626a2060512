import { describe, expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { type GoldenName, golden } from '../../test/golden/documents.ts';
import { slowdownSentence } from './slowdown-sentence.ts';

const sentences = (name: GoldenName) => rankWorkloads(golden(name)).map(slowdownSentence);

describe('what heavy requests do to light ones', () => {
  test('is said for each server, with its interval', () => {
    const [io, cpu, mixed] = sentences('full');
    expect([io, cpu]).toEqual([null, null]);
    expect(mixed).toMatch(
      /^Beside heavy requests, light ones take 3\.\d× \(2\.\d–3\.\d\) as long as alone on the event loop, 1\.\d× \(1\.\d–1\.\d\) on prefork, 1\.00× \(\S+\) on the pool \(p90 response time\)\.$/,
    );
  });

  test('is said for the least and the most affected of many servers', () => {
    expect(sentences('fidelity').at(-1)).toMatch(
      /take from 1\.0\S+ \(\S+\) as long as alone on Go’s net\/http to [\d.]+× \(\S+\) on the event loop \(p90 response time\)\.$/,
    );
  });

  test('is not said where the interval shows nothing', () => {
    const document = golden('full');
    const trials = document.trials.filter(({ block }) => block < 2);
    const [loop] = trials.filter(
      ({ server, workload, purpose }) =>
        server === 'event-loop' && workload === 'mixed' && purpose === 'comparison',
    );
    const light = loop?.measurements.find(({ rate }) => rate === 'alone')?.classes[0];
    if (light?.responseTime) light.responseTime.p90Ms = 90;
    expect(
      rankWorkloads({ ...document, trials })
        .map(slowdownSentence)
        .at(-1),
    ).toMatch(
      /light ones take 1\.5× \(\S+\) as long as alone on prefork, \S+ \(\S+\) on the pool \(/,
    );
  });

  test('is not said where nothing is known of it', () => {
    expect(sentences('single')).toEqual([null]);
  });
});
