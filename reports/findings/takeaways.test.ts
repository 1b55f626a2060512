import { describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { golden } from '../../test/golden/documents.ts';
import { takeawaysOf } from './takeaways.ts';

function outcomes(document: RunDocument) {
  return takeawaysOf(document, compareServers(document)).map(({ outcomes }) =>
    outcomes.map(({ server, outcome }) => [server.name, outcome]),
  );
}

/** The full run, with a server's closed-loop throughput on a workload multiplied. */
function scaled(server: string, workload: string, factor: (block: number) => number): RunDocument {
  const document = golden('full');
  for (const trial of document.trials) {
    if (trial.server !== server || trial.workload !== workload) continue;
    for (const measurement of trial.measurements)
      measurement.throughputPerSecond *= factor(trial.block);
  }
  return document;
}

describe('the takeaways', () => {
  test('are supported where the numbers show them', () => {
    expect(outcomes(golden('full'))).toEqual([
      [['pool', 'supported']],
      [['event-loop', 'supported']],
      [['prefork', 'supported']],
    ]);
  });

  test('are not supported where the numbers show the opposite', () => {
    expect(outcomes(scaled('pool', 'io', () => 0.5))[0]).toEqual([['pool', 'not supported']]);
    expect(outcomes(scaled('event-loop', 'cpu', () => 1.95))[1]).toEqual([
      ['event-loop', 'not supported'],
    ]);
    expect(outcomes(scaled('prefork', 'io', () => 1.1))[2]).toEqual([['prefork', 'not supported']]);
  });

  test('are inconclusive where the interval contains the limit', () => {
    const noisy = scaled('pool', 'cpu', (block) => [0.7, 1, 1.2][block] ?? 1);
    expect(outcomes(noisy)[0]).toEqual([['pool', 'inconclusive']]);
  });

  test('are inconclusive for a server that was kept idle', () => {
    expect(outcomes(scaled('prefork', 'io', () => 0.5))[2]).toEqual([['prefork', 'inconclusive']]);
  });

  test('say what was measured and by which rule', () => {
    const [go, node, python] = takeawaysOf(golden('full'), compareServers(golden('full')));
    expect(go?.rule).toContain('at least 90 %');
    expect(node?.outcomes[0]?.text).toMatch(
      /cpu: 0\.52\d× the throughput of pool \(0\.51\d–0\.52\d\)\.$/,
    );
    expect(python?.outcomes[0]?.text).toMatch(
      /requests\/s × 50 ms = 4\.9\d* in flight, with 5 workers\.$/,
    );
  });

  test('are left out where none of their servers ran', () => {
    expect(outcomes(golden('single'))).toEqual([[['pool', 'inconclusive']]]);
  });
});
